namespace HotPathGen.Shared;

/// <summary>
/// Member names in snapshots and baselines. The compiler's process uses them to read these files, because it has no serializer. The names for
/// snapshots are the members of the records; a test checks this.
/// </summary>
internal static class SnapshotNames
{
    public const string SnapshotSchema = "hotpath/1";
    public const string BaselineSchema = "hotpath-baseline/1";

    public const string Schema = "schema";
    public const string Methods = "methods";

    // Members of a method.
    public const string Assembly = "assembly";
    public const string Id = "id";
    public const string Calls = "calls";
    public const string SiteScale = "siteScale";
    public const string Allocated = "allocated";
    public const string SelfBytes = "selfBytes";
    public const string InclusiveBytes = "inclusiveBytes";
    public const string Sites = "sites";

    // Members of a site.
    public const string Kind = "kind";
    public const string Text = "text";
    public const string Hits = "hits";
    public const string Bytes = "bytes";

    // Members of the methods and sites of a baseline.
    public const string BytesPerCall = "bytesPerCall";
    public const string SelfBytesPerCall = "selfBytesPerCall";
}
