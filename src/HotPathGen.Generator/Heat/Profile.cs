using Microsoft.CodeAnalysis.Text;

namespace HotPathGen.Generator.Heat;

/// <summary>What a snapshot, or a baseline of the tool's, tells of the methods that it knows. Times are not read.</summary>
internal sealed class Profile
{
    private const string Snapshot = "hotpath/1";
    private const string Baseline = "hotpath-baseline/1";

    private readonly Dictionary<(string Assembly, string Id), ProfileMethod> _methods = [];

    /// <summary>Why it cannot be read, and where; null where it can.</summary>
    public JsonTextException? Error { get; private set; }

    /// <summary>Bytes of all methods: of a run, or, of a baseline, of one call of each.</summary>
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
                case "schema":
                    schema = json.Text();
                    break;
                case "methods" when schema is Snapshot or Baseline:
                    json.Elements(() => Add(ProfileMethod.Read(json, isBaseline: schema == Baseline)));
                    break;
                default:
                    json.Skip();
                    break;
            }
        });
        json.End();
        if (schema is not (Snapshot or Baseline))
        {
            throw new JsonTextException(
                0,
                schema.Length == 0
                    ? "it does not begin with a schema"
                    : $"its schema is \"{schema}\", and only \"{Snapshot}\" and \"{Baseline}\" can be read"
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

    /// <summary>Of a baseline, whose figures are of one call: 1.</summary>
    public double Calls { get; private set; } = 1;

    public double SelfBytes { get; private set; }

    public double InclusiveBytes { get; private set; }

    /// <summary>All calls by those that probed; 0 where none did.</summary>
    public double SiteScale { get; private set; } = 1;

    public bool IsOfBaseline { get; private set; }

    /// <summary>Null for a method without sites; of a baseline those that allocate in every run.</summary>
    public List<ProfileSite>? Sites { get; private set; }

    public static ProfileMethod Read(JsonText json, bool isBaseline)
    {
        var method = new ProfileMethod { IsOfBaseline = isBaseline };
        json.Members(name =>
        {
            switch (name)
            {
                case "assembly":
                    method.Assembly = json.Text();
                    break;
                case "id":
                    method.Id = json.Text();
                    break;
                case "calls":
                    method.Calls = json.Number();
                    break;
                case "siteScale":
                    method.SiteScale = json.Number();
                    break;
                case "bytesPerCall":
                    method.InclusiveBytes = method.SelfBytes = json.Number();
                    break; // self comes later, where it is less
                case "selfBytesPerCall":
                    method.SelfBytes = json.Number();
                    break;
                case "allocated":
                    method.ReadAllocated(json);
                    break;
                case "sites":
                    var sites = method.Sites = [];
                    json.Elements(() => sites.Add(ProfileSite.Read(json)));
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
                case "selfBytes":
                    SelfBytes = json.Number();
                    break;
                case "inclusiveBytes":
                    InclusiveBytes = json.Number();
                    break;
                default:
                    json.Skip();
                    break;
            }
        });
}

/// <summary>A site of a profile, as it was hit in the calls that probed.</summary>
/// <param name="Kind">In the words of reports.</param>
/// <param name="Text">Its source on one line, shortened.</param>
/// <param name="Hits">Null where the profile does not say.</param>
/// <param name="Bytes">Of a baseline: of one call.</param>
internal sealed record ProfileSite(string Kind, string Text, double? Hits, double Bytes)
{
    public static ProfileSite Read(JsonText json)
    {
        string kind = "",
            text = "";
        double? hits = null;
        double bytes = 0;
        json.Members(name =>
        {
            switch (name)
            {
                case "kind":
                    kind = json.Text();
                    break;
                case "text":
                    text = json.Text();
                    break;
                case "hits":
                    hits = json.Number();
                    break;
                case "bytes" or "bytesPerCall":
                    bytes = json.Number();
                    break;
                default:
                    json.Skip();
                    break;
            }
        });
        return new(kind, text, hits, bytes);
    }
}
