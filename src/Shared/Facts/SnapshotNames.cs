namespace HotPathGen.Shared;

/// <summary>
/// Names in snapshots and baselines by which a compiler's process reads them, where there is no serializer. Those of snapshots are the
/// members of the records; a test holds that.
/// </summary>
internal static class SnapshotNames
{
    public const string SnapshotSchema = "hotpath/1";
    public const string BaselineSchema = "hotpath-baseline/1";

    public const string Schema = "schema";
    public const string Methods = "methods";

    // Of a method.
    public const string Assembly = "assembly";
    public const string Id = "id";
    public const string Calls = "calls";
    public const string SiteScale = "siteScale";
    public const string Allocated = "allocated";
    public const string SelfBytes = "selfBytes";
    public const string InclusiveBytes = "inclusiveBytes";
    public const string Sites = "sites";

    // Of a site.
    public const string Kind = "kind";
    public const string Text = "text";
    public const string Hits = "hits";
    public const string Bytes = "bytes";

    // Of methods and sites of a baseline.
    public const string BytesPerCall = "bytesPerCall";
    public const string SelfBytesPerCall = "selfBytesPerCall";
}
