using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using HotPathGen.Tool.Snapshots;

namespace HotPathGen.Tool.Comparison;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(IntAmountConverter), typeof(DoubleAmountConverter), typeof(SiteKindConverter)]
)]
[JsonSerializable(typeof(Baseline))]
internal sealed partial class BaselineJsonContext : JsonSerializerContext;

/// <summary>
/// A baseline as it is committed. It is sorted, with one line for each method and each site, so that a diff shows only what changed.
/// </summary>
internal static class BaselineFile
{
    private const string Remedy = "Make a baseline with dotnet hotpath baseline FILE… -o hotpath.baseline.json, and keep it as it was written.";

    private static readonly JsonSerializerOptions s_options = new(BaselineJsonContext.Default.Options)
    {
        RespectNullableAnnotations = true,
        AllowDuplicateProperties = false,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static Baseline Read(string file)
    {
        var baseline = JsonFile.Read(file, Type<Baseline>(), Remedy);
        if (baseline.Schema != Baseline.SchemaName)
        {
            throw new InputException(file, "$.schema", $"the schema is \"{baseline.Schema}\"; only \"{Baseline.SchemaName}\" can be read", Remedy);
        }

        var known = new HashSet<MethodKey>();
        foreach (var (i, method) in baseline.Methods.Index())
        {
            if (!known.Add(method.Key()))
            {
                throw new InputException(file, $"$.methods[{i}].id", $"\"{method.Id}\" of assembly \"{method.Assembly}\" is there twice", Remedy);
            }

            if (method.UpTo < method.BytesPerCall)
            {
                throw new InputException(file, $"$.methods[{i}].upTo", "it is less than bytesPerCall", Remedy);
            }

            var sites = new HashSet<SiteKey>();
            foreach (var (j, site) in (method.Sites ?? []).Index())
            {
                if (!sites.Add(site.Key()))
                {
                    throw new InputException(file, $"$.methods[{i}].sites[{j}]", "the same site is there twice", Remedy);
                }
            }
        }
        return baseline;
    }

    public static string Print(Baseline baseline)
    {
        var text = new StringBuilder("{\n");
        text.Append(
            $"""
              "schema": {Json(baseline.Schema)},
              "conditions": {Json(baseline.Conditions)},
              "runs": {Json(baseline.Runs)},
              "methods": [
            """.ReplaceLineEndings("\n")
        );
        foreach (var (i, method) in baseline.Methods.Index())
        {
            text.Append(i > 0 ? "," : "").Append("\n    ").Append(Json(method with { Sites = null }));
            if (method.Sites is not { } sites)
            {
                continue;
            }

            text.Length--;
            text.Append(",\"sites\":[");
            foreach (var (j, site) in sites.Index())
            {
                text.Append(j > 0 ? "," : "").Append("\n      ").Append(Json(site));
            }

            text.Append("]}");
        }
        return text.Append("\n  ]\n}\n").ToString();
    }

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, Type<T>());

    private static JsonTypeInfo<T> Type<T>() => (JsonTypeInfo<T>)s_options.GetTypeInfo(typeof(T));
}
