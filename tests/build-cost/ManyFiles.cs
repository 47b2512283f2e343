using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

/// <summary>The sources: 2,000 files of ordinary code, each with a method that is hot or not, and 10,000 calls of these methods.</summary>
internal static class ManyFiles
{
    public const int Count = 2000;
    public const int CallsPerMethod = 5;
    private const int Parts = 40;

    public static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Latest, preprocessorSymbols: ["RELEASE", "NET", "NET10_0"]);

    /// <summary>Writes the files as a project.</summary>
    public static void Write(string folder, bool hot, string package)
    {
        File.WriteAllText(
            Path.Combine(folder, "Much.csproj"),
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings><Nullable>enable</Nullable></PropertyGroup>
              {package}
            </Project>
            """
        );
        for (int i = 0; i < Count; i++)
        {
            File.WriteAllText(Path.Combine(folder, $"Step{i}.cs"), Source(i, hot));
        }
    }

    /// <summary>The files in memory, not parsed yet. The first one has the usings.</summary>
    public static (string Path, SourceText Text)[] Texts(Func<int, string> source) =>
        [
            (
                "Usings.cs",
                Text(
                    "global using System; global using System.Collections.Generic; global using System.Linq; global using System.Threading; "
                        + "global using System.Threading.Tasks;"
                )
            ),
            .. Enumerable.Range(0, Count).Select(i => ($"Step{i}.cs", Text(source(i)))),
        ];

    public static CSharpCompilation Compile(IEnumerable<SyntaxTree> trees, IEnumerable<MetadataReference> references) =>
        CSharpCompilation.Create(
            "Much",
            trees,
            references,
            new(
                OutputKind.DynamicallyLinkedLibrary,
                optimizationLevel: OptimizationLevel.Release,
                nullableContextOptions: NullableContextOptions.Enable
            )
        );

    /// <summary>The base library, and the attributes of an unpacked package.</summary>
    public static ImmutableArray<MetadataReference> References(string package) =>
        [
            .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
                .Split(Path.PathSeparator)
                .Where(path =>
                    Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal)
                    || Path.GetFileName(path) is "netstandard.dll" or "mscorlib.dll"
                )
                .Select(path => MetadataReference.CreateFromFile(path)),
            MetadataReference.CreateFromFile(Path.Combine(package, "tools", "attributes", "HotPathGen.dll")),
        ];

    /// <summary>The source of one file. Its method calls those of five other files, and does one of eight things, of which most allocate.</summary>
    public static string Source(int i, bool hot, bool block = false)
    {
        string calls = string.Concat(
            Enumerable
                .Range(1, CallsPerMethod)
                .Select(n => (i + n * 37) % Count)
                .Select(other => $"            sum += Part{other % Parts}.Step{other}.Run(depth - 1, text);\n")
        );
        string deed = (i % 8) switch
        {
            0 => "object boxed = sum; s_last = boxed;",
            1 => "s_last = text + sum;",
            2 => "Func<int, bool> isMore = n => n > sum; if (isMore(depth)) sum--;",
            3 => "var letters = new List<char>(); foreach (char letter in text) letters.Add(letter); sum += letters.Count;",
            4 => "sum += text.Split(' ').Count(word => word.Length > 3);",
            5 => "s_last = $\"{text}: {sum}\";",
            6 => "int[] counts = new int[26]; foreach (char letter in text) counts[letter % 26]++; sum += counts[0];",
            _ => "sum += text.AsSpan().IndexOf('e') + Math.Max(depth, 3);",
        };
        return $$"""
            {{(hot ? "using HotPathGen;\n" : "")}}
            namespace Much.Part{{i % Parts}}
            {
                /// <summary>One of many steps.</summary>
                public sealed record Item{{i}}(string Name, int Weight)
                {
                    public bool IsHeavy => Weight > {{i % 17}};
                }

                public sealed class Step{{i}}
                {
                    private const int Start = 0;
                    private static readonly Dictionary<string, int> s_seen = new(StringComparer.Ordinal);
                    private static object? s_last;

                    {{(hot ? "[Instrument] " : "")}}public static int Run(int depth, string text)
                    {
                        if (depth <= 0)
                            return text.Length + Start;
                        int sum = 0;
                        foreach (Item{{i}} item in Weigh(text))
                            sum += item.Weight;
                        {{deed}}
            {{calls}}            return sum;
                    }

                    private static IEnumerable<Item{{i}}> Weigh(string text)
                    {
                        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                        {
                            var item = new Item{{i}}(word, word.Length * {{i % 7 + 1}});
                            if (item.IsHeavy)
                                yield return item with { Name = item.Name.ToUpperInvariant() };
                            else
                                yield return item;
                        }
                    }

                    public static void Remember(string text)
                    {
                        {{(block ? "using var measured = HotPathGen.HotPath.Measure(\"remember\");" : "")}}
                        lock (s_seen)
                        {
                            s_seen.TryGetValue(text, out int count);
                            s_seen[text] = count + 1;
                        }
                    }

                    public static string Describe()
                    {
                        string[] words = [.. s_seen.Keys.Where(word => word.Length > {{i % 5}}).Order(StringComparer.Ordinal)];
                        return $"{nameof(Step{{i}})}: {s_seen.Count} seen, {string.Join(", ", words)}, {s_last}";
                    }

                    public static async Task<int> LaterAsync(TimeSpan delay, CancellationToken cancellation)
                    {
                        try
                        {
                            await Task.Delay(delay, cancellation).ConfigureAwait(false);
                            return s_seen.Values.DefaultIfEmpty().Max();
                        }
                        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
                        {
                            return -1;
                        }
                    }
                }
            }
            """;
    }

    /// <summary>The same text with another number in a private constant, or in the body of the method that is hot or not.</summary>
    public static SourceText Edit(SourceText text, int value, bool inBody = false)
    {
        string before = inBody ? "int sum = " : "const int Start = ";
        int place = text.ToString().IndexOf(before, StringComparison.Ordinal) + before.Length;
        return text.WithChanges(new TextChange(new TextSpan(place, 1), (value % 10).ToString(System.Globalization.CultureInfo.InvariantCulture)));
    }

    private static SourceText Text(string source) => SourceText.From(source, Encoding.UTF8);
}
