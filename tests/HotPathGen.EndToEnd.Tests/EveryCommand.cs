namespace HotPathGen.EndToEnd.Tests;

/// <summary>
/// Runs the packed tool on a snapshot that a program of the same package has just written. So a change in only one of the two is found here.
/// </summary>
internal static class EveryCommand
{
    /// <summary>Each command that reads snapshots succeeds, with every format and view, and reports what the program did.</summary>
    /// <param name="folder">The folder where the program ran.</param>
    /// <param name="method">Part of the name of a method that allocates in each call.</param>
    /// <param name="bytes">The exact bytes of all calls of that method.</param>
    /// <param name="pooled">A pooled parameter, and how often it was used.</param>
    /// <param name="unmeasured">Part of the name of a hot method that is not measured.</param>
    public static void MustRead(string folder, string method, long bytes, (string Parameter, int Uses) pooled, string unmeasured)
    {
        string[][] views =
        [
            [],
            ["--sites"],
            ["--advice"],
            ["--pooled"],
            ["--coverage"],
            ["--tree"],
            ["--tree", method],
        ];
        foreach (string[] view in views)
        {
            foreach (
                string[] format in (string[][])
                    [
                        [],
                        ["--json"],
                        ["--markdown"],
                    ]
            )
            {
                InstalledTool.Run(folder, ["show", "hotpath", .. view, .. format]).MustSucceed();
            }
        }
        Assert.That(Shown("show", "hotpath", "--json"), Does.Contain(method).And.Contain($"\"selfBytes\": {bytes}"));
        Assert.That(Shown("show", "hotpath", "--tree", method, "--json"), Does.Contain($"\"selfBytes\": {bytes}"));
        Assert.That(
            Shown("show", "hotpath", "--pooled", "--json"),
            Does.Contain($"\"name\": \"{pooled.Parameter}\"").And.Contain($"\"uses\": {pooled.Uses}")
        );
        Assert.That(Shown("show", "hotpath", "--coverage", "--json"), Does.Contain(unmeasured).And.Contain("it only moves values"));

        foreach (string format in (string[])["html", "pprof", "speedscope", "folded", "markdown", "csv"])
        {
            InstalledTool.Run(folder, "export", "hotpath", "--format", format, "-o", "exported." + format).MustSucceed();
            // pprof is compressed.
            if (format != "pprof")
            {
                Assert.That(File.ReadAllText(Path.Combine(folder, "exported." + format)), Does.Contain(method), format);
            }
        }
        Assert.That(File.ReadAllText(Path.Combine(folder, "exported.csv")), Does.Contain($",{bytes},"));
        InstalledTool.Run(folder, "export", "hotpath", "--format", "csv", "--sites", "-o", "sites.csv").MustSucceed();
        InstalledTool.Run(folder, "export", "hotpath", "--format", "html", "--to", "hotpath", "-o", "compared.html").MustSucceed();

        Assert.That(Shown("diff", "hotpath", "--to", "hotpath"), Does.Contain("0 methods more, 0 less"));
        Assert.That(Shown("diff", "hotpath", "--to", "hotpath", "--markdown"), Does.Contain("0 methods more, 0 less"));
        InstalledTool.Run(folder, "merge", "hotpath", "-o", "merged.hotpath.json").MustSucceed();
        Assert.That(Shown("show", "merged.hotpath.json", "--json"), Does.Contain($"\"selfBytes\": {bytes}"));
        InstalledTool.Run(folder, "baseline", "hotpath", "-o", "hotpath.baseline.json").MustSucceed();
        Assert.That(File.ReadAllText(Path.Combine(folder, "hotpath.baseline.json")), Does.Contain(method));
        // One method of the program exceeds its own budget. The check reports it, so it has read the snapshot.
        var check = InstalledTool.Run(folder, "check", "hotpath", "--baseline", "hotpath.baseline.json");
        Assert.That(check.ExitCode, Is.EqualTo(1), check.ToString());
        Assert.That(check.Output, Does.StartWith("failed: 1 breach").And.Contain(method));

        string Shown(params string[] arguments) => InstalledTool.Run(folder, arguments).MustSucceed().Output;
    }
}
