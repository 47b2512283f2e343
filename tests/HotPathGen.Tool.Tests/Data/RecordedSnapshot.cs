namespace HotPathGen.Tool.Tests.Data;

/// <summary>Snapshots that real programs wrote, as they wrote them.</summary>
internal static class RecordedSnapshot
{
    /// <summary>DocSearch over the .NET SDK's own documentation, a Release build with default settings.</summary>
    public static string DocSearch => Path.Combine(Verified.TestFolder, "Data", "docsearch.hotpath.json");

    /// <summary>The same once more.</summary>
    public static string DocSearchAgain => Path.Combine(Verified.TestFolder, "Data", "docsearch-2.hotpath.json");
}
