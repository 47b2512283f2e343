#:package Microsoft.CodeAnalysis.CSharp
#:property PublishAot=false
#:property NoWarn=$(NoWarn);RS1035

// Which methods of the base library allocate: the table that the generator carries.
//
//   dotnet run tests/allocation-table/MeasureCalls.cs -- src/HotPathGen.Generator/Allocations/calls.txt
//
// A program is written that calls every public method of the types below with a few kinds of arguments, each call between two readings
// of the thread's allocated bytes; what does not compile or throws is left out. It runs with everything compiled with full optimization
// and without precompiled code, many times over, and the last rounds count: n never allocated, a always, s sometimes. What is called on
// a virtual method's or an interface's behalf is measured for the receiver that is given, so those are left out.

using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

const int Combinations = 6;

string[] types =
[
    "System.String", "System.Char", "System.Boolean", "System.SByte", "System.Byte", "System.Int16", "System.UInt16", "System.Int32", "System.UInt32", "System.Int64", "System.UInt64",
    "System.Single", "System.Double", "System.Half", "System.Decimal", "System.Int128", "System.UInt128", "System.IntPtr", "System.UIntPtr", "System.Math", "System.MathF", "System.BitConverter", "System.Convert",
    "System.DateTime", "System.DateTimeOffset", "System.DateOnly", "System.TimeOnly", "System.TimeSpan", "System.Guid", "System.Enum", "System.Array", "System.Tuple", "System.Tuple`2", "System.ValueTuple", "System.ValueTuple`2", "System.Version", "System.Uri", "System.Random",
    "System.HashCode", "System.Nullable", "System.Nullable`1", "System.Lazy`1", "System.Index", "System.Range", "System.MemoryExtensions", "System.Span`1", "System.ReadOnlySpan`1", "System.Memory`1", "System.ReadOnlyMemory`1", "System.ArraySegment`1",
    "System.StringComparer", "System.Object", "System.Type", "System.Delegate", "System.Activator", "System.Environment+", "System.Buffer", "System.WeakReference`1", "System.FormattableString",
    "System.Collections.Generic.List`1", "System.Collections.Generic.Dictionary`2", "System.Collections.Generic.HashSet`1", "System.Collections.Generic.Queue`1", "System.Collections.Generic.Stack`1", "System.Collections.Generic.SortedDictionary`2",
    "System.Collections.Generic.SortedList`2", "System.Collections.Generic.SortedSet`1", "System.Collections.Generic.LinkedList`1", "System.Collections.Generic.LinkedListNode`1", "System.Collections.Generic.PriorityQueue`2", "System.Collections.Generic.Comparer`1",
    "System.Collections.Generic.EqualityComparer`1", "System.Collections.Generic.KeyValuePair", "System.Collections.Generic.KeyValuePair`2", "System.Collections.Generic.CollectionExtensions", "System.Collections.BitArray",
    "System.Collections.ObjectModel.ReadOnlyCollection`1", "System.Collections.ObjectModel.Collection`1", "System.Collections.Concurrent.ConcurrentDictionary`2", "System.Collections.Concurrent.ConcurrentQueue`1", "System.Collections.Concurrent.ConcurrentStack`1", "System.Collections.Concurrent.ConcurrentBag`1",
    "System.Collections.Immutable.ImmutableArray", "System.Collections.Immutable.ImmutableArray`1", "System.Collections.Immutable.ImmutableList`1", "System.Collections.Immutable.ImmutableDictionary`2", "System.Collections.Frozen.FrozenDictionary`2", "System.Collections.Frozen.FrozenSet`1",
    "System.Linq.Enumerable", "System.Text.StringBuilder", "System.Text.Encoding", "System.Text.Rune", "System.Text.Ascii", "System.Text.RegularExpressions.Regex", "System.Text.RegularExpressions.Match", "System.Text.RegularExpressions.Group", "System.Text.RegularExpressions.Capture",
    "System.Globalization.CultureInfo", "System.Globalization.NumberFormatInfo", "System.Globalization.CompareInfo", "System.Globalization.TextInfo", "System.Globalization.CharUnicodeInfo",
    "System.Buffers.ArrayPool`1", "System.Buffers.MemoryPool`1", "System.Buffers.ArrayBufferWriter`1", "System.Buffers.SearchValues", "System.Buffers.SearchValues`1", "System.Buffers.Binary.BinaryPrimitives", "System.Buffers.Text.Utf8Parser", "System.Buffers.Text.Utf8Formatter", "System.Buffers.Text.Base64",
    "System.Numerics.BitOperations", "System.Numerics.BigInteger", "System.Numerics.Vector2", "System.Numerics.Vector3", "System.Numerics.Complex",
    "System.Threading.Volatile", "System.Threading.Interlocked", "System.Threading.CancellationToken", "System.Threading.CancellationTokenSource", "System.Threading.Tasks.Task", "System.Threading.Tasks.Task`1", "System.Threading.Tasks.ValueTask", "System.Threading.Tasks.ValueTask`1",
    "System.Diagnostics.Stopwatch", "System.IO.MemoryStream", "System.IO.StringWriter", "System.IO.StringReader", "System.IO.Path", "System.Net.WebUtility", "System.Runtime.InteropServices.CollectionsMarshal",
    "System.Text.Json.JsonElement", "System.Text.Json.JsonDocument", "System.Text.Json.JsonSerializer", "System.Xml.XmlConvert",
];
string[] never = ["Wait", "WaitAny", "WaitAll", "WaitOne", "Sleep", "Delay", "Run", "WhenAny", "WhenAll", "WhenEach", "Exit", "Dispose", "DisposeAsync", "Finalize", "ReadFromStream", "GetPinnableReference", "Cancel", "CancelAsync", "CancelAfter", "Start", "RunSynchronously", "WaitAsync", "Yield", "ConfigureAwait", "GetAwaiter", "ContinueWith", "Repeat", "Append", "WriteTo", "GetTempFileName", "CreateInstanceFrom", "InvokeMember", "GetResult"];

if (args is not [var output])
{
    Console.Error.WriteLine("usage: dotnet run tests/allocation-table/MeasureCalls.cs -- <file to write>");
    return 2;
}

string[] assemblies = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Where(path => Path.GetDirectoryName(path) == Path.GetDirectoryName(typeof(object).Assembly.Location)).ToArray();
MetadataReference[] references = [.. assemblies.Select(path => MetadataReference.CreateFromFile(path))];
var empty = CSharpCompilation.Create("Empty", references: references);
INamedTypeSymbol number = empty.GetSpecialType(SpecialType.System_Int32), text = empty.GetSpecialType(SpecialType.System_String);
var calls = new List<(string Id, string Code)>();
foreach (INamedTypeSymbol type in types.Select(empty.GetTypeByMetadataName).OfType<INamedTypeSymbol>())
{
    foreach (IMethodSymbol method in type.GetMembers().OfType<IMethodSymbol>())
    {
        bool isReplaceable = (method.IsVirtual || method.IsAbstract || method.IsOverride && !method.IsSealed) && !type.IsSealed && !type.IsValueType && type.Name is not ("Encoding" or "StringComparer" or "Random" or "MemoryStream" or "StringWriter" or "StringReader" or "CultureInfo" or "CompareInfo" or "TextInfo" or "ArrayPool" or "MemoryPool" or "Type" or "EqualityComparer" or "Comparer");
        if (method.DeclaredAccessibility != Accessibility.Public || never.Contains(method.Name) && type.Name != "StringBuilder" || isReplaceable || method.IsAbstract && method.IsStatic
            || method.MethodKind is MethodKind.StaticConstructor or MethodKind.Destructor or MethodKind.EventAdd or MethodKind.EventRemove or MethodKind.ExplicitInterfaceImplementation
            || method.MethodKind == MethodKind.Constructor && (type.IsAbstract || type.IsStatic) || method.GetAttributes().Any(attribute => attribute.AttributeClass?.Name is "ObsoleteAttribute" or "RequiresPreviewFeaturesAttribute"))
        {
            continue;
        }

        foreach (ITypeSymbol argument in type.IsGenericType || method.IsGenericMethod ? new ITypeSymbol[] { number, text } : [number])
        {
            INamedTypeSymbol closedType = type.IsGenericType ? type.Construct([.. type.TypeParameters.Select((_, i) => i == 0 ? argument : number)]) : type;
            IMethodSymbol closed = closedType.GetMembers(method.Name).OfType<IMethodSymbol>().First(candidate => SymbolEqualityComparer.Default.Equals(candidate.OriginalDefinition, method));
            closed = closed.IsGenericMethod ? closed.Construct([.. closed.TypeParameters.Select(parameter => parameter.Name is "TEnum" ? empty.GetTypeByMetadataName("System.DayOfWeek")! : argument)]) : closed;
            foreach (string code in Samples.Calls(closed, closedType).Distinct().Take(Combinations))
            {
                calls.Add((method.GetDocumentationCommentId()!, code));
            }
        }
    }
}

Console.Error.WriteLine($"{calls.Count} calls of {calls.Select(call => call.Id).Distinct().Count()} methods");
string folder = Directory.CreateTempSubdirectory("hotpath-calls-").FullName;
try
{
    string program = Path.Combine(folder, "Calls.dll");
    calls = Compile(calls, program);
    File.WriteAllText(Path.Combine(folder, "Calls.runtimeconfig.json"), $$$"""{"runtimeOptions":{"framework":{"name":"Microsoft.NETCore.App","version":"{{{Environment.Version}}}"},"configProperties":{"System.GC.Concurrent":false} } }""");
    var start = new ProcessStartInfo("dotnet", ["exec", program]) { RedirectStandardOutput = true, RedirectStandardInput = true };
    start.Environment["DOTNET_TieredCompilation"] = "0";
    start.Environment["DOTNET_ReadyToRun"] = "0";
    using Process child = Process.Start(start)!;
    child.StandardInput.Close();
    var verdicts = new SortedDictionary<string, HashSet<char>>(StringComparer.Ordinal);
    while (child.StandardOutput.ReadLine() is { } line)
    {
        if (line.Split('\t') is ["=", var index, var verdict])
        {
            string id = calls[int.Parse(index, CultureInfo.InvariantCulture)].Id;
            (verdicts.TryGetValue(id, out HashSet<char>? known) ? known : verdicts[id] = []).Add(verdict[0]);
        }
    }

    child.WaitForExit();
    Console.Error.WriteLine($"{verdicts.Count} methods measured, exit code {child.ExitCode}");
    File.WriteAllText(output, Print(verdicts));
}
finally
{
    Directory.Delete(folder, recursive: true);
}

return 0;

// One line a type: its name, then each method's name behind its verdict; with parameters only where overloads differ.
static string Print(SortedDictionary<string, HashSet<char>> verdicts)
{
    var lines = new SortedDictionary<string, List<string>>(StringComparer.Ordinal);
    foreach (var group in verdicts.GroupBy(entry => Name(entry.Key)))
    {
        int dot = group.Key.LastIndexOf('.', group.Key.EndsWith("#ctor", StringComparison.Ordinal) ? group.Key.Length - 6 : group.Key.Length - 1);
        List<string> line = lines.TryGetValue(group.Key[..dot], out List<string>? known) ? known : lines[group.Key[..dot]] = [];
        char[] all = [.. group.Select(entry => Verdict(entry.Value)).Distinct()];
        line.AddRange(all is [var one] ? [one + group.Key[(dot + 1)..]] : group.Select(entry => Verdict(entry.Value) + entry.Key[(2 + dot + 1)..]));
    }

    return string.Concat(lines.Select(line => $"{line.Key} {string.Join(' ', line.Value)}\n"));

    static string Name(string id)
    {
        string name = id[2..];
        int parameters = name.IndexOfAny(['(', '~']);
        name = parameters < 0 ? name : name[..parameters];
        int arity = name.IndexOf("``", StringComparison.Ordinal);
        return arity < 0 ? name : name[..arity];
    }

    static char Verdict(HashSet<char> found) => found.Count == 1 ? found.Single() : 's';
}

// Drops what the compiler refuses until it refuses nothing.
List<(string Id, string Code)> Compile(List<(string Id, string Code)> calls, string path)
{
    var options = new CSharpParseOptions(LanguageVersion.CSharp14);
    while (true)
    {
        var text = new StringBuilder(Samples.Head);
        for (int i = 0; i < calls.Count; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"static long M{i}() {{ {calls[i].Code} }}\n");
        }

        text.Append("static readonly Func<long>[] s_all = [").AppendJoin(", ", Enumerable.Range(0, calls.Count).Select(i => $"M{i}")).Append("];\n}\n");
        SyntaxTree tree = CSharpSyntaxTree.ParseText(text.ToString(), options);
        var compilation = CSharpCompilation.Create("Calls", [tree], references, new CSharpCompilationOptions(OutputKind.ConsoleApplication, optimizationLevel: OptimizationLevel.Release, allowUnsafe: true));
        Microsoft.CodeAnalysis.Emit.EmitResult result = compilation.Emit(path);
        if (result.Success)
        {
            return calls;
        }

        var refused = new HashSet<int>();
        foreach (Diagnostic error in result.Diagnostics.Where(found => found.Severity == DiagnosticSeverity.Error))
        {
            SyntaxNode node = tree.GetRoot().FindNode(error.Location.SourceSpan);
            if (node.AncestorsAndSelf().OfType<MethodDeclarationSyntax>().LastOrDefault() is { } method && method.Identifier.ValueText is ['M', .. var index] && int.TryParse(index, out int i))
            {
                refused.Add(i);
            }
            else
            {
                throw new InvalidOperationException(error.ToString());
            }
        }

        Console.Error.WriteLine($"{refused.Count} do not compile");
        calls = [.. calls.Where((_, i) => !refused.Contains(i))];
    }
}

// Code of calls with sample receivers and arguments.
internal static class Samples
{
    public const string Head = """
        using System; using System.Collections.Generic; using System.Globalization; using System.IO; using System.Linq; using System.Text; using System.Threading; using System.Threading.Tasks; using System.Runtime.CompilerServices;
        static class Calls {
        const long NothingToMake = -1; static readonly CancellationTokenSource s_source = new();
        static readonly Comparer<int> s_order = Comparer<int>.Create(static (a, b) => b - a); static readonly Comparer<string> s_textOrder = Comparer<string>.Create(static (a, b) => string.CompareOrdinal(b, a));
        static object s_kept; static int s_int = 3; static string s_text = "Some text, with words 12";
        static readonly int[] s_int32s = [3, 1, 2, 9, 7]; static readonly string[] s_strings = ["one", "two", "three"];
        [MethodImpl(MethodImplOptions.NoInlining)] static void Keep<T>(T value) where T : allows ref struct { if (typeof(T).IsByRefLike) return; KeepObject(ref value); }
        static void KeepObject<T>(ref T value) where T : allows ref struct { if (!typeof(T).IsValueType) s_kept = Unsafe.As<T, object>(ref value); }
        static void Main() {
          CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
          var output = Console.Out;
          for (int i = 0; i < s_all.Length; i++) {
            try {
              bool some = false, none = false;
              for (int k = 0; k < 30; k++) { s_int = 3 + (k & 7) * 1111; long bytes = s_all[i](); if (k >= 15 && bytes != NothingToMake) { if (bytes > 0) some = true; else none = true; } }
              if (some || none) output.Write("=\t" + i + "\t" + (some && none ? 's' : some ? 'a' : 'n') + "\n"); output.Flush();
            } catch (Exception) { }
          }
        }

        """;

    private static readonly Dictionary<string, string[]> s_values = new()
    {
        ["string"] = ["s_text", "\"abc\"", "\" 12 \"", "\"1234\""], ["char"] = ["'e'", "'5'", "' '"], ["bool"] = ["true", "false"], ["object"] = ["s_text", "s_int32s"],
        ["int"] = ["s_int % 7", "2", "0", "s_int"], ["uint"] = ["7u", "123456u"], ["long"] = ["7L", "123456789L"], ["ulong"] = ["7UL"], ["short"] = ["(short)7"], ["ushort"] = ["(ushort)7"], ["byte"] = ["(byte)7"], ["sbyte"] = ["(sbyte)7"],
        ["double"] = ["1234.5", "2.0"], ["float"] = ["1234.5f"], ["decimal"] = ["1234.5m"], ["nint"] = ["(nint)7"], ["nuint"] = ["(nuint)7"], ["System.Half"] = ["(Half)2"],
        ["System.IFormatProvider"] = ["CultureInfo.InvariantCulture"], ["System.Globalization.CultureInfo"] = ["CultureInfo.InvariantCulture"], ["System.StringComparison"] = ["StringComparison.Ordinal", "StringComparison.OrdinalIgnoreCase"],
        ["System.Type"] = ["typeof(int)", "typeof(List<int>)", "typeof(DayOfWeek)", "typeof(int?)"], ["System.Text.Encoding"] = ["Encoding.UTF8"], ["System.Text.StringBuilder"] = ["new StringBuilder(\"some text\", 4096)", "new StringBuilder()"],
        ["System.DateTime"] = ["new DateTime(2024, 5, 6, 7, 8, 9, DateTimeKind.Utc)"], ["System.DateTimeOffset"] = ["DateTimeOffset.UnixEpoch"], ["System.TimeSpan"] = ["TimeSpan.FromSeconds(12.5)"], ["System.DateOnly"] = ["new DateOnly(2024, 5, 6)"], ["System.TimeOnly"] = ["new TimeOnly(7, 8)"],
        ["System.Guid"] = ["new Guid(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)"], ["System.Uri"] = ["new Uri(\"http://a/b?c=d\")"], ["System.Version"] = ["new Version(1, 2)"], ["System.Random"] = ["new Random(1)"],
        ["System.StringComparer"] = ["StringComparer.Ordinal", "StringComparer.OrdinalIgnoreCase"], ["System.Text.RegularExpressions.Regex"] = ["new System.Text.RegularExpressions.Regex(\"[a-z]+\")"],
        ["System.Text.RegularExpressions.Match"] = ["System.Text.RegularExpressions.Regex.Match(s_text, \"[a-z]+\")"], ["System.Text.RegularExpressions.Group"] = ["System.Text.RegularExpressions.Regex.Match(s_text, \"([a-z]+)\").Groups[1]"],
        ["System.Globalization.NumberFormatInfo"] = ["NumberFormatInfo.InvariantInfo"], ["System.Globalization.CompareInfo"] = ["CultureInfo.InvariantCulture.CompareInfo"], ["System.Globalization.TextInfo"] = ["CultureInfo.InvariantCulture.TextInfo"],
        ["System.Threading.CancellationToken"] = ["default(CancellationToken)", "s_source.Token"], ["System.Threading.CancellationTokenSource"] = ["new CancellationTokenSource()"], ["System.Threading.Tasks.Task"] = ["Task.CompletedTask"],
        ["System.IO.MemoryStream"] = ["new MemoryStream(new byte[64])", "new MemoryStream()"], ["System.IO.StringReader"] = ["new StringReader(s_text)"], ["System.IO.StringWriter"] = ["new StringWriter(new StringBuilder(\"some text\"))"], ["System.Text.Json.JsonElement"] = ["System.Text.Json.JsonDocument.Parse(\"{\\\"a\\\":1}\").RootElement"],
        ["System.Span<char>"] = ["stackalloc char[200]", "new char[200]"], ["System.Span<byte>"] = ["stackalloc byte[200]"], ["System.Span<int>"] = ["stackalloc int[8]"], ["System.Span<System.Range>"] = ["stackalloc Range[8]"],
        ["System.ReadOnlySpan<char>"] = ["s_text.AsSpan()", "\"1234\".AsSpan()"], ["System.ReadOnlySpan<byte>"] = ["\"1234\"u8"], ["System.ReadOnlySpan<int>"] = ["s_int32s.AsSpan(0, 3)"], ["System.ReadOnlySpan<string>"] = ["s_strings"], ["System.Span<string>"] = ["new string[4]"],
        ["System.Memory<int>"] = ["s_int32s.AsMemory()"], ["System.ReadOnlyMemory<int>"] = ["s_int32s.AsMemory()"], ["System.Memory<string>"] = ["s_strings.AsMemory()"], ["System.ReadOnlyMemory<char>"] = ["s_text.AsMemory()"], ["System.ArraySegment<int>"] = ["new ArraySegment<int>(s_int32s, 1, 2)"],
        ["int[]"] = ["new[] { 3, 1, 2, 9, 7, 0, 0, 0 }"], ["string[]"] = ["new[] { \"one\", \"two\", \"three\" }"], ["char[]"] = ["new[] { 'e', ' ', ',' }"], ["byte[]"] = ["new byte[] { 52, 53, 54, 55 }"], ["object[]"] = ["new object[] { \"a\", \"b\" }"], ["System.Array"] = ["new[] { 3, 1, 2 }"], ["object?[]"] = ["new object[] { \"a\" }"],
        ["System.Collections.Generic.IEnumerable<int>"] = ["s_int32s", "new List<int>(s_int32s)"], ["System.Collections.Generic.IEnumerable<string>"] = ["s_strings", "new List<string>(s_strings)"],
        ["System.Collections.Generic.List<int>"] = ["new List<int>(64) { 3, 1, 2, 9 }", "new List<int> { 3, 1, 2, 9 }"], ["System.Collections.Generic.List<string>"] = ["new List<string>(64) { \"one\", \"two\" }"],
        ["System.Collections.Generic.Dictionary<int, int>"] = ["new Dictionary<int, int>(64) { [0] = 1, [2] = 3 }", "new Dictionary<int, int> { [0] = 1, [2] = 3, [9] = 9 }"], ["System.Collections.Generic.Dictionary<string, int>"] = ["new Dictionary<string, int>(64) { [\"abc\"] = 1 }", "new Dictionary<string, int> { [\"abc\"] = 1, [\"b\"] = 2, [\"c\"] = 2 }"],
        ["System.Collections.Generic.HashSet<int>"] = ["new HashSet<int>(64) { 0, 2, 3 }", "new HashSet<int> { 0, 2, 9 }"], ["System.Collections.Generic.HashSet<string>"] = ["new HashSet<string>(64) { \"abc\" }"],
        ["System.Collections.Generic.Queue<int>"] = ["new Queue<int>(s_int32s)"], ["System.Collections.Generic.Queue<string>"] = ["new Queue<string>(s_strings)"], ["System.Collections.Generic.Stack<int>"] = ["new Stack<int>(s_int32s)"], ["System.Collections.Generic.Stack<string>"] = ["new Stack<string>(s_strings)"],
        ["System.Collections.Concurrent.ConcurrentDictionary<int, int>"] = ["new System.Collections.Concurrent.ConcurrentDictionary<int, int> { [0] = 1, [2] = 3 }"], ["System.Collections.Concurrent.ConcurrentDictionary<string, int>"] = ["new System.Collections.Concurrent.ConcurrentDictionary<string, int> { [\"abc\"] = 1 }"],
        ["System.Collections.Concurrent.ConcurrentQueue<int>"] = ["new System.Collections.Concurrent.ConcurrentQueue<int>(s_int32s)"], ["System.Collections.Concurrent.ConcurrentStack<int>"] = ["new System.Collections.Concurrent.ConcurrentStack<int>(s_int32s)"],
        ["System.Collections.Immutable.ImmutableArray<int>"] = ["System.Collections.Immutable.ImmutableArray.Create(1, 2, 3)"], ["System.Collections.Immutable.ImmutableArray<string>"] = ["System.Collections.Immutable.ImmutableArray.Create(\"a\", \"b\")"], ["System.Collections.Immutable.ImmutableList<int>"] = ["System.Collections.Immutable.ImmutableList.Create(1, 2, 3)"],
        ["System.Collections.Immutable.ImmutableDictionary<int, int>"] = ["System.Collections.Immutable.ImmutableDictionary.CreateRange(new[] { KeyValuePair.Create(1, 2) })"], ["System.Collections.Frozen.FrozenDictionary<int, int>"] = ["System.Collections.Frozen.FrozenDictionary.ToFrozenDictionary(new[] { KeyValuePair.Create(2, 2) })"], ["System.Collections.Frozen.FrozenSet<int>"] = ["System.Collections.Frozen.FrozenSet.ToFrozenSet(s_int32s)"],
        ["System.Collections.Generic.SortedDictionary<int, int>"] = ["new SortedDictionary<int, int> { [0] = 1, [2] = 3 }"], ["System.Collections.Generic.SortedSet<int>"] = ["new SortedSet<int> { 0, 2 }"], ["System.Collections.Generic.LinkedList<int>"] = ["new LinkedList<int>(s_int32s)"], ["System.Collections.Generic.PriorityQueue<int, int>"] = ["new PriorityQueue<int, int>([(1, 2), (2, 3)])"],
        ["System.Collections.ObjectModel.ReadOnlyCollection<int>"] = ["new List<int> { 1, 2, 3 }.AsReadOnly()"], ["System.Lazy<string>"] = ["new Lazy<string>(\"a\")"], ["System.Threading.Tasks.Task<int>"] = ["Task.FromResult(7)"], ["System.Threading.Tasks.ValueTask<int>"] = ["new ValueTask<int>(7)"],
        ["System.Buffers.ArrayPool<int>"] = ["System.Buffers.ArrayPool<int>.Shared"], ["System.Buffers.MemoryPool<int>"] = ["System.Buffers.MemoryPool<int>.Shared"], ["System.Buffers.SearchValues<char>"] = ["System.Buffers.SearchValues.Create(\"abc\")"], ["System.DayOfWeek"] = ["DayOfWeek.Friday"], ["System.Enum"] = ["DayOfWeek.Friday"],
        ["System.Collections.Generic.EqualityComparer<int>"] = ["EqualityComparer<int>.Default"], ["System.Collections.Generic.EqualityComparer<string>"] = ["EqualityComparer<string>.Default"], ["System.Collections.Generic.IComparer<int>"] = ["s_order"], ["System.Collections.Generic.IComparer<string>"] = ["s_textOrder"], ["System.Collections.IComparer"] = ["s_order"],
        ["System.Collections.Generic.Comparer<int>"] = ["Comparer<int>.Default"], ["System.Collections.Generic.Comparer<string>"] = ["Comparer<string>.Default"],
        ["System.Numerics.BigInteger"] = ["System.Numerics.BigInteger.Pow(3, 50)", "System.Numerics.BigInteger.One"], ["System.Text.Rune"] = ["new Rune('a')"], ["System.Diagnostics.Stopwatch"] = ["new System.Diagnostics.Stopwatch()"], ["System.Tuple<int, int>"] = ["Tuple.Create(1, 2)"],
    };

    public static IEnumerable<string> Calls(IMethodSymbol method, INamedTypeSymbol type)
    {
        for (int variant = 0; variant < 4; variant++)
        {
            if (Call(method, type, variant) is { } code)
            {
                yield return code;
            }
        }
    }

    private static string? Call(IMethodSymbol method, INamedTypeSymbol type, int variant)
    {
        var text = new StringBuilder();
        string again = "";
        var names = new List<string>();
        foreach (IParameterSymbol parameter in method.Parameters)
        {
            string declared = parameter.Type.ToDisplayString();
            string name = "a" + parameter.Ordinal.ToString(CultureInfo.InvariantCulture);
            if (parameter.RefKind == RefKind.Out)
            {
                text.Append(declared).Append(' ').Append(name).Append("; ");
                names.Add("out " + name);
                continue;
            }

            if (Value(parameter.Type, variant + parameter.Ordinal) is not { } value)
            {
                return null;
            }

            text.Append(parameter.Type.IsRefLikeType ? "scoped " : "").Append(declared).Append(' ').Append(name).Append(" = ").Append(value).Append("; ");
            names.Add((parameter.RefKind == RefKind.Ref ? "ref " : "") + name);
            again += parameter.RefKind == RefKind.Ref ? $"{name} = {value}; " : "";
        }

        string receiver = type.ToDisplayString();
        if (!method.IsStatic && method.MethodKind != MethodKind.Constructor)
        {
            if (Value(type, variant) is not { } value)
            {
                return null;
            }

            text.Append(type.IsRefLikeType ? "scoped " : "").Append(receiver).Append(" r = ").Append(value).Append("; ");
            if (!type.IsValueType)
            {
                text.Append("s_kept = r; ");
            }

            receiver = "r";
        }

        string list = string.Join(", ", names);
        string generic = method.IsGenericMethod ? $"<{string.Join(", ", method.TypeArguments.Select(argument => argument.ToDisplayString()))}>" : "";
        string? expression = method switch
        {
            { MethodKind: MethodKind.Constructor } => $"new {receiver}({list})",
            { MethodKind: MethodKind.PropertyGet, AssociatedSymbol: IPropertySymbol { IsIndexer: true } } => $"{receiver}[{list}]",
            { MethodKind: MethodKind.PropertyGet, AssociatedSymbol: { } property } => $"{receiver}.{property.Name}",
            { MethodKind: MethodKind.PropertySet, AssociatedSymbol: IPropertySymbol { IsIndexer: true } } => $"{receiver}[{string.Join(", ", names.Take(names.Count - 1))}] = {names[^1]}",
            { MethodKind: MethodKind.PropertySet, AssociatedSymbol: { } property } => $"{receiver}.{property.Name} = {names[0]}",
            { MethodKind: MethodKind.UserDefinedOperator, Name: "op_Equality" } => $"a0 == a1", { MethodKind: MethodKind.UserDefinedOperator, Name: "op_Inequality" } => "a0 != a1",
            { MethodKind: MethodKind.UserDefinedOperator, Name: "op_Addition" } => "a0 + a1", { MethodKind: MethodKind.UserDefinedOperator, Name: "op_Subtraction" } => "a0 - a1", { MethodKind: MethodKind.UserDefinedOperator, Name: "op_Multiply" } => "a0 * a1",
            { MethodKind: MethodKind.UserDefinedOperator, Name: "op_LessThan" } => "a0 < a1", { MethodKind: MethodKind.UserDefinedOperator, Name: "op_GreaterThan" } => "a0 > a1", { MethodKind: MethodKind.UserDefinedOperator, Name: "op_LessThanOrEqual" } => "a0 <= a1", { MethodKind: MethodKind.UserDefinedOperator, Name: "op_GreaterThanOrEqual" } => "a0 >= a1",
            { MethodKind: MethodKind.UserDefinedOperator } => null,
            { MethodKind: MethodKind.Conversion } => $"({method.ReturnType.ToDisplayString()})a0",
            _ => $"{receiver}.{method.Name}{generic}({list})",
        };
        if (expression is null)
        {
            return null;
        }

        bool isVoid = method.ReturnsVoid && method.MethodKind != MethodKind.Constructor;
        // An empty text or array is none that was made: asked for more, the method may allocate. What a pool gives is not made either.
        string answer = method.Parameters.Length > 0 && type.Name != "ArrayPool" && method.ReturnType is { SpecialType: SpecialType.System_String } or IArrayTypeSymbol ? "bytes == 0 && result is { Length: 0 } ? NothingToMake : bytes" : "bytes";
        return $"{text}long before = GC.GetAllocatedBytesForCurrentThread(); {(isVoid ? "" : "var result = ")}{expression}; long bytes = GC.GetAllocatedBytesForCurrentThread() - before; {(isVoid ? "" : "Keep(result); ")}"
            // Once more: what the receiver makes at its first use is not the call's.
            + $"try {{ {again}before = GC.GetAllocatedBytesForCurrentThread(); {(isVoid ? "" : "result = ")}{expression}; bytes = Math.Min(bytes, GC.GetAllocatedBytesForCurrentThread() - before); {(isVoid ? "" : "Keep(result); ")}}} catch (Exception) {{ }} return {answer};";
    }

    private static string? Value(ITypeSymbol type, int variant)
    {
        string name = type.WithNullableAnnotation(NullableAnnotation.None).ToDisplayString(SymbolDisplayFormat.CSharpErrorMessageFormat.WithMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.UseSpecialTypes)).Replace("?", "", StringComparison.Ordinal);
        if (s_values.TryGetValue(name, out string[]? values))
        {
            return values[variant % values.Length];
        }

        if (type is INamedTypeSymbol { DelegateInvokeMethod: { } invoke })
        {
            string parameters = string.Join(", ", invoke.Parameters.Select((_, i) => $"p{i}"));
            string result = invoke.ReturnType.SpecialType == SpecialType.System_Boolean ? variant % 2 == 0 ? "true" : "false" : invoke.ReturnsVoid ? "{ }" : invoke.Parameters.Length > 0 && SymbolEqualityComparer.Default.Equals(invoke.Parameters[0].Type, invoke.ReturnType) ? "p0" : "default";
            return $"static ({parameters}) => {result}";
        }

        return type switch
        {
            { TypeKind: TypeKind.Enum } => $"default({type.ToDisplayString()})",
            { Name: "IEqualityComparer" } or { Name: "IComparer" } => type is INamedTypeSymbol { TypeArguments: [var element] } ? (type.Name == "IComparer" ? $"Comparer<{element}>.Default" : $"EqualityComparer<{element}>.Default") : null,
            { Name: "ICollection" or "IList" or "IReadOnlyList" or "IReadOnlyCollection" or "ISet" } => type is INamedTypeSymbol { TypeArguments: [{ SpecialType: SpecialType.System_Int32 }] } ? "new List<int>(s_int32s)" : null,
            { IsValueType: true, IsRefLikeType: false } => $"default({type.ToDisplayString()})",
            _ => null,
        };
    }
}
