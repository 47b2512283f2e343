using System.Collections;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using HotPathGen.Tool.Snapshots;

namespace HotPathGen.Tool.Tests.Snapshots;

/// <summary>What several projects need is declared once, and no member of it is left out.</summary>
[TestFixture]
public sealed class DeclaredOnceTests
{
    private static readonly string s_source = Path.Combine(Verified.TestFolder, "..", "..", "src");

    [Test]
    public void What_records_write_is_what_their_members_are()
    {
        var document = MadeMembers();
        var options = new JsonSerializerOptions(SnapshotFormat.Document.Options)
        {
            WriteIndented = true,
            NewLine = "\n",
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };

        string written = System.Text.Encoding.UTF8.GetString(SnapshotWriter.Write(document));

        Assert.That(written, Is.EqualTo(JsonSerializer.Serialize(document, options.GetTypeInfo(typeof(SnapshotDocument))) + "\n"));
        Assert.That(written, Does.Contain("\"allocatedByTimeBucket\"").And.Contain("\"stackLimitFor99\"").And.Contain("\"differenceBytesPerCall\""));
    }

    [Test]
    public void What_is_written_is_read_back()
    {
        var document = MadeMembers();
        using var folder = new TemporaryFolder();
        SnapshotFiles.Write(folder["made.hotpath.json"], document);

        Assert.That(SnapshotWriter.Write(SnapshotReader.Read(folder["made.hotpath.json"])), Is.EqualTo(SnapshotWriter.Write(document)));
    }

    [Test]
    public void Each_member_of_an_enum_has_one_text()
    {
        (Type Type, string[] Texts)[] enums =
        [
            (typeof(SiteKind), Words.SiteKinds),
            (typeof(Origin), Words.Origins),
            (typeof(MethodForm), Words.MethodForms),
            (typeof(TimeBasis), Words.TimeBases),
            (typeof(BytesBasis), Words.BytesBases),
            (typeof(ClockKind), Words.ClockKinds),
            (typeof(PooledKind), Words.PooledKinds),
            (typeof(SettingSource), Words.SettingSources),
            (typeof(Coverage), Words.Coverages),
        ];
        foreach (var (type, texts) in enums)
        {
            Assert.That(texts, Has.Length.EqualTo(Enum.GetValues(type).Length).And.Unique, type.Name);
        }
    }

    [Test]
    public void Lines_are_read_as_they_were_printed()
    {
        var site = new SiteLine(12, 5, SiteKind.ParamsArray, "Type.Member", "a, b", Origin.Framework);
        var pooled = new PooledLine("scratch", PooledKind.ArraySegment, "byte", 512);

        Assert.That(
            SiteLine.ParseAll(site.Print() + "\n" + (site with { Origin = Origin.Other }).Print()),
            Is.EqualTo([site, site with { Origin = Origin.Other }])
        );
        Assert.That(PooledLine.ParseAll(pooled.Print()), Is.EqualTo([pooled]));
    }

    /// <summary>Profiles are read in the compiler's process, which has no serializer. It finds members by these names.</summary>
    [Test]
    public void Names_that_profiles_are_read_by_are_those_of_the_records()
    {
        string snapshot = File.ReadAllText(Data.RecordedSnapshot.DocSearch);
        string[] ofBaseline = [SnapshotNames.BytesPerCall, SnapshotNames.SelfBytesPerCall, SnapshotNames.BaselineSchema];
        foreach (string name in typeof(SnapshotNames).GetFields().Select(static field => (string)field.GetRawConstantValue()!).Except(ofBaseline))
        {
            Assert.That(snapshot, Does.Contain($"\"{name}\""), name);
        }
        Assert.That(
            ofBaseline[..2],
            Is.SubsetOf(
                typeof(HotPathGen.Tool.Comparison.BaselineMethod)
                    .GetProperties()
                    .Select(static property => JsonNamingPolicy.CamelCase.ConvertName(property.Name))
            )
        );
    }

    [Test]
    public void No_project_compiles_a_source_file_of_another()
    {
        // The attributes belong to the package, and the runtime has them, too. Prepare and the fixes read syntax in the same way as the generator,
        // and prepare names types in the same way.
        Regex allowed = new(
            @"^\.\./(Shared/|HotPathGen/Attributes/|HotPathGen\.Generator/(Syntax/|Symbols/(SpeakableTypes|TypeParts)\.cs|Parsing/Pairable\.cs))"
        );
        foreach (string project in Directory.EnumerateFiles(s_source, "*.csproj", SearchOption.AllDirectories))
        {
            var linked = Regex
                .Matches(File.ReadAllText(project), "<Compile Include=\"([^\"]+)\"")
                .SelectMany(static match => match.Groups[1].Value.Split(';'));
            Assert.That(
                linked.Where(path => path.StartsWith("../", StringComparison.Ordinal) && !allowed.IsMatch(path)),
                Is.Empty,
                Path.GetFileName(project)
            );
        }
    }

    [Test]
    public void No_type_of_shared_source_has_a_second_declaration()
    {
        var declared = Directory
            .EnumerateFiles(s_source, "*.cs", SearchOption.AllDirectories)
            .Where(static file => !Regex.IsMatch(file, @"[\\/](bin|obj)[\\/]"))
            .SelectMany(static file =>
                Regex
                    .Matches(
                        File.ReadAllText(file),
                        @"^(?:internal|public) (?:[a-z]+ )*(?:class|struct|record|enum|interface) (?:struct )?(\w+)",
                        RegexOptions.Multiline
                    )
                    .Select(match => (Name: match.Groups[1].Value, File: Path.GetRelativePath(s_source, file).Replace('\\', '/')))
            )
            .ToLookup(static type => type.Name, static type => type.File);
        var shared = declared.Where(static files => files.Any(static file => file.StartsWith("Shared/", StringComparison.Ordinal))).ToArray();

        Assert.That(shared, Has.Length.GreaterThan(40));
        // A record and its generic sibling are in one file. The generator's Site is another type: a place in source, without figures.
        Assert.That(
            shared
                .Where(static files => files.Key != nameof(Site) && files.Distinct().Count() > 1)
                .Select(static files => $"{files.Key}: {string.Join(", ", files)}"),
            Is.Empty
        );
    }

    /// <summary>A document in which every member is set, and which readers accept.</summary>
    private static SnapshotDocument MadeMembers()
    {
        int number = 0;
        var made = (SnapshotDocument)Made(typeof(SnapshotDocument), 0, ref number);
        return made with
        {
            Schema = SnapshotDocument.SchemaName,
            Histogram = HistogramRule.Current,
            Contexts = [made.Contexts[0] with { Id = 0, Parent = null, Method = 0, Operation = 0 }],
            KeptCalls =
            [
                made.KeptCalls![0] with
                {
                    Method = 0,
                    Frames = [made.KeptCalls[0].Frames[0] with { Parent = null, Method = 0 }],
                    Sites = [made.KeptCalls[0].Sites[0] with { Method = 0 }],
                },
            ],
        };
    }

    private static object Made(Type type, int depth, ref int number)
    {
        Assert.That(depth, Is.LessThan(10), "no record contains itself");
        if (Nullable.GetUnderlyingType(type) is { } value)
        {
            return Made(value, depth, ref number);
        }
        if (type.IsEnum)
        {
            return Enum.GetValues(type).GetValue(1)!;
        }
        if (type.IsArray)
        {
            var array = Array.CreateInstance(type.GetElementType()!, 1);
            array.SetValue(Made(type.GetElementType()!, depth + 1, ref number), 0);
            return array;
        }
        if (type == typeof(Dictionary<string, string>))
        {
            return new Dictionary<string, string> { ["HOTPATH"] = "on" };
        }
        if (type == typeof(SparseCounts))
        {
            return new SparseCounts((3, 5), (7, 1));
        }
        if (!typeof(IRecord).IsAssignableFrom(type))
        {
            number++;
            return type == typeof(string) ? $"text {number}"
                : type == typeof(bool) ? number % 2 == 0
                : Convert.ChangeType(number, type, System.Globalization.CultureInfo.InvariantCulture);
        }
        object record = System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(type);
        foreach (
            var property in type.GetProperties()
                .Where(static p => p.CanWrite && p.GetCustomAttribute<JsonIgnoreAttribute>() is null or { Condition: JsonIgnoreCondition.Never })
        )
        {
            property.SetValue(record, Made(property.PropertyType, depth + 1, ref number));
        }
        return record;
    }
}
