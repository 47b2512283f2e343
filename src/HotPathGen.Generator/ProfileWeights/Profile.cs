using Microsoft.CodeAnalysis.Text;

namespace HotPathGen.Generator.ProfileWeights;

/// <summary>What a snapshot, or a baseline of the tool, tells about its methods. Times are not read.</summary>
internal sealed class Profile
{
    private readonly Dictionary<(string Assembly, string Id), ProfileMethod> _methods = [];

    /// <summary>Why the profile cannot be read, and where; null if it can.</summary>
    public JsonTextException? Error { get; private set; }

    /// <summary>The bytes of all methods. For a snapshot, they are those of a run; for a baseline, those of one call of each method.</summary>
    public double AllBytes { get; private set; }

    public static Profile Read(SourceText text)
    {
        var profile = new Profile();
        try
        {
            profile.Read(new JsonText(text.ToString()));
        }
        catch (JsonTextException e)
        {
            profile.Error = e;
        }

        return profile;
    }

    public ProfileMethod? Find(string assembly, string id) => _methods.TryGetValue((assembly, id), out var method) ? method : null;

    private void Read(JsonText json)
    {
        string schema = "";
        json.Members(name =>
        {
            switch (name)
            {
                case SnapshotNames.Schema:
                    schema = json.Text();
                    break;
                case SnapshotNames.Methods when schema is SnapshotNames.SnapshotSchema or SnapshotNames.BaselineSchema:
                    json.Elements(() => Add(ProfileMethod.Read(json, isBaseline: schema == SnapshotNames.BaselineSchema)));
                    break;
                default:
                    json.Skip();
                    break;
            }
        });
        json.End();
        if (schema is not (SnapshotNames.SnapshotSchema or SnapshotNames.BaselineSchema))
        {
            throw new JsonTextException(
                0,
                schema.Length == 0
                    ? "it does not begin with a schema"
                    : $"its schema is \"{schema}\", and only \"{SnapshotNames.SnapshotSchema}\" and \"{SnapshotNames.BaselineSchema}\" can be read"
            );
        }
    }

    private void Add(ProfileMethod method)
    {
        _methods[(method.Assembly, method.Id)] = method;
        AllBytes += method.SelfBytes;
    }
}

/// <summary>A method of a profile.</summary>
internal sealed class ProfileMethod
{
    public string Assembly { get; private set; } = "";

    public string Id { get; private set; } = "";

    /// <summary>The number of calls. For a baseline, whose figures are those of one call, it is 1.</summary>
    public double Calls { get; private set; } = 1;

    public double SelfBytes { get; private set; }

    public double InclusiveBytes { get; private set; }

    /// <summary>The number of all calls divided by the number of calls that probed; 0 if none did.</summary>
    public double SiteScale { get; private set; } = 1;

    public bool IsOfBaseline { get; private set; }

    /// <summary>The sites; null for a method without sites. For a baseline, they are the sites that allocate in every run.</summary>
    public List<ProfileSite>? Sites { get; private set; }

    public static ProfileMethod Read(JsonText json, bool isBaseline)
    {
        var method = new ProfileMethod { IsOfBaseline = isBaseline };
        json.Members(name =>
        {
            switch (name)
            {
                case SnapshotNames.Assembly:
                    method.Assembly = json.Text();
                    break;
                case SnapshotNames.Id:
                    method.Id = json.Text();
                    break;
                case SnapshotNames.Calls:
                    method.Calls = json.Number();
                    break;
                case SnapshotNames.SiteScale:
                    method.SiteScale = json.Number();
                    break;
                case SnapshotNames.BytesPerCall:
                    method.InclusiveBytes = method.SelfBytes = json.Number();
                    break; // self comes later, where it is less
                case SnapshotNames.SelfBytesPerCall:
                    method.SelfBytes = json.Number();
                    break;
                case SnapshotNames.Allocated:
                    method.ReadAllocated(json);
                    break;
                case SnapshotNames.Sites:
                    var sites = method.Sites = [];
                    json.Elements(() =>
                    {
                        if (ProfileSite.Read(json) is { } site)
                        {
                            sites.Add(site);
                        }
                    });
                    break;
                default:
                    json.Skip();
                    break;
            }
        });
        if (isBaseline)
        {
            method.Sites ??= [];
        }

        return method;
    }

    private void ReadAllocated(JsonText json) =>
        json.Members(name =>
        {
            switch (name)
            {
                case SnapshotNames.SelfBytes:
                    SelfBytes = json.Number();
                    break;
                case SnapshotNames.InclusiveBytes:
                    InclusiveBytes = json.Number();
                    break;
                default:
                    json.Skip();
                    break;
            }
        });
}

/// <summary>A site of a profile, as it was hit in the calls that probed.</summary>
/// <param name="Kind">The kind of the site.</param>
/// <param name="Text">Its source on one line, shortened.</param>
/// <param name="Hits">The number of hits; null if the profile does not have it.</param>
/// <param name="Bytes">The bytes of the site; for a baseline, those of one call.</param>
internal sealed record ProfileSite(SiteKind Kind, string Text, double? Hits, double Bytes)
{
    /// <summary>Reads a site; null for a site of a kind that only a later version knows.</summary>
    public static ProfileSite? Read(JsonText json)
    {
        string kind = "",
            text = "";
        double? hits = null;
        double bytes = 0;
        json.Members(name =>
        {
            switch (name)
            {
                case SnapshotNames.Kind:
                    kind = json.Text();
                    break;
                case SnapshotNames.Text:
                    text = json.Text();
                    break;
                case SnapshotNames.Hits:
                    hits = json.Number();
                    break;
                case SnapshotNames.Bytes or SnapshotNames.BytesPerCall:
                    bytes = json.Number();
                    break;
                default:
                    json.Skip();
                    break;
            }
        });
        return Array.IndexOf(Words.SiteKinds, kind) is var known and >= 0 ? new((SiteKind)known, text, hits, bytes) : null;
    }
}
