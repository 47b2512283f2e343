namespace HotPathGen.EndToEnd.Tests;

/// <summary>The check on a pull request: the recipe of the docs, the packed tool and package, and a copy of the playground.</summary>
[TestFixture]
public sealed class CheckInCi
{
    private Project _project = null!;
    private Dictionary<string, string> _environment = null!;

    [OneTimeSetUp]
    public void Write()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Ignore("The recipe is a shell script.");
            return;
        }

        _project = Project.Console("DocSearch");
        foreach (string file in Directory.GetFiles(Path.Combine(Package.Repository, "playground", "DocSearch"), "*.cs"))
        {
            _project.Write(Path.GetFileName(file), File.ReadAllText(file));
        }

        // The method keeps this budget as it is, and exceeds it when it allocates once more.
        _project.Write(
            "Word.cs",
            File.ReadAllText(Path.Combine(_project.Folder, "Word.cs")).Replace("[Instrument]", "[Instrument(MaxBytesPerCall = 120)]")
        );

        _project.Write("documentation/Small.xml", Playground.Documentation).Write("gate.sh", Recipe());
        // CI provides the program that writes comments. This one records its arguments.
        _project.Write("bin-of-ci/gh", "#!/bin/sh\necho \"$@\" > comment.txt\n");
        File.SetUnixFileMode(Path.Combine(_project.Folder, "bin-of-ci", "gh"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        _environment = new()
        {
            ["PATH"] = string.Join(
                ':',
                Path.GetDirectoryName(InstalledTool.Program),
                Path.Combine(_project.Folder, "bin-of-ci"),
                Environment.GetEnvironmentVariable("PATH")
            ),
            ["PROJECT"] = ". documentation",
        };
    }

    [Test]
    public void An_allocation_that_is_put_into_the_playground_fails_at_its_line()
    {
        // The range over 20 runs leaves out the two largest. In one run of a hundred, the .NET runtime's table of casts grows in the method that is
        // changed below.
        InstalledTool.Run(_project.Folder, "run", "--gate", "--runs", "20", "--out", "hotpath/main", "--", ".", "documentation").MustSucceed();
        InstalledTool.Run(_project.Folder, "baseline", "hotpath/main", "-o", "hotpath.baseline.json").MustSucceed();
        string baseline = File.ReadAllText(Path.Combine(_project.Folder, "hotpath.baseline.json"));

        var same = BuildCheck().MustSucceed();
        Assert.That(
            Comment,
            Does.StartWith("### passed: 28 methods of hotpath.baseline.json, 1 budget in source; 5 runs, .NET 10, gate code\n")
                .And.Contain("Bytes per call: 0 methods more, 0 less, 28 the same.")
        );
        Assert.That(same.Output, Does.EndWith(Comment));
        Assert.That(File.Exists(Path.Combine(_project.Folder, "comment.txt")), Is.False, "there is no comment without a pull request");

        string word = File.ReadAllText(Path.Combine(_project.Folder, "Word.cs"));
        const string before = "Folding.Fold(Source.Substring(Start, Length))",
            after = "Folding.Fold(new string(Source.Substring(Start, Length).AsSpan()))";
        Assert.That(word, Does.Contain(before));
        _project.Write("Word.cs", word.Replace(before, after));
        int line = word[..word.IndexOf(before, StringComparison.Ordinal)].Count(letter => letter == '\n') + 1;

        _environment["PULL_REQUEST"] = "7";
        var changed = BuildCheck();
        Assert.That(changed.ExitCode, Is.EqualTo(1), changed.ToString());
        Assert.That(
            Comment,
            Does.StartWith("### failed: ").And.Match($@"\n\| `DocSearch\.Word\.ToTerm\(\)` \| Word\.cs:{line} \| bytes per call \| ")
        );
        Assert.That(
            Comment,
            Does.Match($@"\n\| `new string\(Source\.Substring\(Start, Length\)\.AsSpan\(\)\)` \| Word\.cs:{line}:\d+ \| object \| 0 \| [\d.]+ \|\n")
        );
        Assert.That(File.ReadAllText(Path.Combine(_project.Folder, "comment.txt")), Is.EqualTo("pr comment 7 --body-file hotpath/comment.md\n"));

        var text = InstalledTool.Run(_project.Folder, "check", "hotpath/new", "--baseline", "hotpath.baseline.json");
        Assert.That(text.ExitCode, Is.EqualTo(1));
        Assert.That(
            text.Output,
            Does.Match(
                $@"^failed: \d+ breach(es)?\. .*\n\nWord\.cs:{line}: DocSearch\.Word\.ToTerm\(\)\n  bytes per call: was [\d.,]+, is [\d.,]+, allowed [\d.,]+ \(hotpath\.baseline\.json\)\n  Word\.cs:{line}:\d+: object: new string"
            )
        );

        var withoutFile = InstalledTool.Run(_project.Folder, "check", "hotpath/new");
        Assert.That(withoutFile.ExitCode, Is.EqualTo(1));
        Assert.That(
            withoutFile.Output,
            Does.Match(
                $@"^failed: 1 breach\. .*\n\nWord\.cs:{line}: DocSearch\.Word\.ToTerm\(\)\n  bytes per call: is [\d.,]+, allowed 120 \(\[Instrument\(MaxBytesPerCall = 120\)\]\)\n  Word\.cs:{line}:\d+: "
            )
        );
        Assert.That(InstalledTool.Run(_project.Folder, "check", "hotpath/main").MustSucceed().Output, Does.StartWith("passed: 1 budget in source; "));

        _project.Write("hotpath.baseline.json", baseline.Replace("\"runtime\":\".NET 10\"", "\"runtime\":\".NET 9\"", StringComparison.Ordinal));
        var other = InstalledTool.Run(_project.Folder, "check", "hotpath/new", "--baseline", "hotpath.baseline.json");
        Assert.That((other.ExitCode, other.Output), Is.EqualTo((2, "")));
        Assert.That(other.Error, Does.Contain("runtime: .NET 9, now .NET 10").And.Not.Contain("   at "));
    }

    private string Comment => File.ReadAllText(Path.Combine(_project.Folder, "hotpath", "comment.md"));

    private Outcome BuildCheck() => Dotnet.Start("sh", _environment, _project.Folder, "gate.sh");

    /// <summary>The recipe of docs/compare-and-guard.md.</summary>
    private static string Recipe()
    {
        const string start = "```sh\n#!/bin/sh\n";
        string page = File.ReadAllText(Path.Combine(Package.Origin, "docs", "compare-and-guard.md")).ReplaceLineEndings("\n");
        int from = page.IndexOf(start, StringComparison.Ordinal);
        Assert.That(from, Is.Positive, "the page has a recipe");
        return page[(from + "```sh\n".Length)..page.IndexOf("```", from + start.Length, StringComparison.Ordinal)];
    }
}
