namespace HotPathGen.Tests.Prepare;

/// <summary>A file of the folder Samples: code of many shapes, with a <c>Sample.Run()</c> that uses all of it.</summary>
internal static class Sample
{
    public static IEnumerable<string> Names() =>
        typeof(Sample)
            .Assembly.GetManifestResourceNames()
            .Where(name => name.EndsWith(".cs", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

    public static string Text(string name)
    {
        using var reader = new StreamReader(typeof(Sample).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }

    /// <summary>A project that has only this sample and measures everything.</summary>
    public static TemporaryProject Project(string name)
    {
        var project = new TemporaryProject { Everything = true };
        project.Source($"Sources/{name}", Text(name));
        return project;
    }
}
