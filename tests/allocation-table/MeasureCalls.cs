#:package Microsoft.CodeAnalysis.CSharp
#:property PublishAot=false
#:property NoWarn=$(NoWarn);RS1035

// Measures which methods of the base library allocate, and writes the table that the generator carries.
//
//   dotnet run tests/allocation-table/MeasureCalls.cs -- src/HotPathGen.Generator/Library/calls.txt
//
// It writes a program that calls every public method of the namespaces and types below, with a few kinds of arguments. Each call is between two
// readings of the thread's allocated bytes. Calls that do not compile or that throw are left out. The program runs without precompiled code, and
// everything is compiled with full optimization. Each call runs many times, and the last rounds count: n means that it never allocated, a always, s
// sometimes. A call of a virtual or interface method would measure only the receiver that it is given. So these methods are left out, except on types
// whose instances the library itself makes. A call that ends the program, or that never ends, is left out, and another program continues behind it.

using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

const int Combinations = 6,
    CallsInPart = 200;

string[] namespaces =
[
    "System",
    "System.Buffers",
    "System.Buffers.Binary",
    "System.Buffers.Text",
    "System.Collections",
    "System.Collections.Concurrent",
    "System.Collections.Frozen",
    "System.Collections.Generic",
    "System.Collections.Immutable",
    "System.Collections.ObjectModel",
    "System.Globalization",
    "System.Linq",
    "System.Numerics",
    "System.Runtime.CompilerServices",
    "System.Text",
    "System.Text.Json",
    "System.Text.RegularExpressions",
    "System.Text.Unicode",
    "System.Threading",
    "System.Threading.Tasks",
];

// Single types of other namespaces. The other types there are about files, sockets, processes, keys and pointers.
string[] singles =
[
    "System.Diagnostics.Stopwatch",
    "System.IO.MemoryStream",
    "System.IO.StringWriter",
    "System.IO.StringReader",
    "System.IO.Path",
    "System.Net.WebUtility",
    "System.Net.IPAddress",
    "System.Net.IPEndPoint",
    "System.Xml.XmlConvert",
    "System.Reflection.MemberInfo",
    "System.Runtime.InteropServices.CollectionsMarshal",
    "System.Runtime.InteropServices.ImmutableCollectionsMarshal",
    "System.Runtime.InteropServices.SequenceMarshal",
    "System.Runtime.InteropServices.NativeMemory",
    "System.Security.Cryptography.MD5",
    "System.Security.Cryptography.SHA1",
    "System.Security.Cryptography.SHA256",
    "System.Security.Cryptography.SHA384",
    "System.Security.Cryptography.SHA512",
    "System.Security.Cryptography.HMACSHA256",
    "System.Security.Cryptography.CryptographicOperations",
    "System.Security.Cryptography.RandomNumberGenerator",
];

// Types that are left out, because they act on the program itself, its memory, or its input and output.
string[] dangerous =
[
    "System.AppDomain",
    "System.Console",
    "System.GC",
    "System.GCSettings",
    "System.Collections.Concurrent.BlockingCollection",
    "System.Runtime.CompilerServices.Unsafe",
    "System.Threading.ThreadPool",
    "System.Threading.Timer",
    "System.Threading.Barrier",
    "System.Threading.PeriodicTimer",
    "System.Threading.NativeOverlapped",
    "System.Threading.Overlapped",
];

// The library makes the instances of these types, so the method that runs is its own.
string[] handedOut =
[
    "Encoding",
    "Encoder",
    "Decoder",
    "StringComparer",
    "Random",
    "MemoryStream",
    "StringWriter",
    "StringReader",
    "CultureInfo",
    "CompareInfo",
    "TextInfo",
    "ArrayPool",
    "MemoryPool",
    "Type",
    "MemberInfo",
    "EqualityComparer",
    "Comparer",
    "TimeProvider",
];
string[] never =
[
    "Wait",
    "WaitAny",
    "WaitAll",
    "WaitOne",
    "Sleep",
    "Delay",
    "Run",
    "WhenAny",
    "WhenAll",
    "WhenEach",
    "Exit",
    "Dispose",
    "DisposeAsync",
    "Finalize",
    "ReadFromStream",
    "GetPinnableReference",
    "Cancel",
    "CancelAsync",
    "CancelAfter",
    "Start",
    "RunSynchronously",
    "WaitAsync",
    "Yield",
    "ConfigureAwait",
    "ContinueWith",
    "Repeat",
    "Append",
    "WriteTo",
    "GetTempFileName",
    "StoreUnsafe",
    "LoadUnsafe",
    "CreateInstanceFrom",
    "InvokeMember",
    "FailFast",
    "SetEnvironmentVariable",
    "Interrupt",
    "Abort",
    "SignalAndWait",
];

if (args is not [var output])
{
    Console.Error.WriteLine("usage: dotnet run tests/allocation-table/MeasureCalls.cs -- <file to write>");
    return 2;
}

string[] assemblies = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
    .Split(Path.PathSeparator)
    .Where(path => Path.GetDirectoryName(path) == Path.GetDirectoryName(typeof(object).Assembly.Location))
    .ToArray();
MetadataReference[] references = [.. assemblies.Select(path => MetadataReference.CreateFromFile(path))];
var empty = CSharpCompilation.Create("Empty", references: references);
INamedTypeSymbol number = empty.GetSpecialType(SpecialType.System_Int32),
    text = empty.GetSpecialType(SpecialType.System_String);
var calls = new List<(string Id, string Code)>();
var replaceable = new HashSet<string>();
INamedTypeSymbol letter = empty.GetSpecialType(SpecialType.System_Char),
    letters = empty.GetTypeByMetadataName("System.ReadOnlySpan`1")!.Construct(letter);
INamedTypeSymbol failure = empty.GetTypeByMetadataName("System.Exception")!,
    attribute = empty.GetTypeByMetadataName("System.Attribute")!;
foreach (
    var type in singles
        .Select(empty.GetTypeByMetadataName)
        .OfType<INamedTypeSymbol>()
        .Concat(namespaces.SelectMany(Public))
        .SelectMany(Within)
        .OrderBy(type => type.GetDocumentationCommentId(), StringComparer.Ordinal)
)
{
    // Hot code does not use what exceptions contain. It may call the static methods that throw them.
    bool isFailure = Is(type, failure);
    foreach (var method in type.GetMembers().OfType<IMethodSymbol>().Where(method => !isFailure || method.IsStatic))
    {
        bool isReplaceable =
            (method.IsVirtual || method.IsAbstract || method.IsOverride && !method.IsSealed)
            && !type.IsSealed
            && !type.IsValueType
            && !handedOut.Contains(type.Name);
        if (isReplaceable)
        {
            replaceable.Add(Name(method.GetDocumentationCommentId()!));
        }

        if (
            method.DeclaredAccessibility != Accessibility.Public
            || IsNever(method)
            || isReplaceable
            || method.IsAbstract && method.IsStatic
            || method.MethodKind
                is MethodKind.StaticConstructor
                    or MethodKind.Destructor
                    or MethodKind.EventAdd
                    or MethodKind.EventRemove
                    or MethodKind.ExplicitInterfaceImplementation
            || method.MethodKind == MethodKind.Constructor && (type.IsAbstract || type.IsStatic)
            || method.GetAttributes().Any(attribute => attribute.AttributeClass?.Name is "ObsoleteAttribute" or "RequiresPreviewFeaturesAttribute")
        )
        {
            continue;
        }

        foreach (
            var argument in type.Name == "SearchValues" ? [letter]
            : IsGeneric(type) || method.IsGenericMethod ? new ITypeSymbol[] { number, text }
            : [number]
        )
        {
            var closedType = Closed(type, argument);
            var closed = closedType
                .GetMembers(method.Name)
                .OfType<IMethodSymbol>()
                .First(candidate => SymbolEqualityComparer.Default.Equals(candidate.OriginalDefinition, method));
            closed = closed.IsGenericMethod
                ? closed.Construct([
                    .. closed.TypeParameters.Select(parameter =>
                        parameter.Name is "TEnum" ? empty.GetTypeByMetadataName("System.DayOfWeek")! : argument
                    ),
                ])
                : closed;
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
    File.WriteAllText(
        Path.Combine(folder, "Calls.runtimeconfig.json"),
        $$$"""{"runtimeOptions":{"framework":{"name":"Microsoft.NETCore.App","version":"{{{Environment.Version}}}"},"configProperties":{"System.GC.Concurrent":false} } }"""
    );
    var verdicts = new SortedDictionary<string, HashSet<char>>(StringComparer.Ordinal);
    for (int next = 0; next < calls.Count; )
    {
        next = await Measure(program, next, verdicts);
    }

    Console.Error.WriteLine($"{verdicts.Count} methods measured");
    File.WriteAllText(output, Print(verdicts));
}
finally
{
    Directory.Delete(folder, recursive: true);
}

return 0;

// On some types, such a method is measured all the same. Append of a StringBuilder is not that of a sequence, an open semaphore or event makes nobody
// wait, and Dispose of a struct is part of a loop or block.
bool IsNever(IMethodSymbol method) =>
    method.Name == "Join" && method.ContainingType.Name == "Thread"
    || never.Contains(method.Name)
        && method
            is not (
                { ContainingType.Name: "StringBuilder" }
                or { Name: "Wait", ContainingType.Name: "SemaphoreSlim" or "ManualResetEventSlim" }
                or { Name: "Dispose", ContainingType.IsValueType: true }
                or { Name: "Exit", ContainingType.Name: not "Environment" }
            );

IEnumerable<INamedTypeSymbol> Public(string name)
{
    var space = name.Split('.')
        .Aggregate(empty.GlobalNamespace, static (outer, part) =>
            (INamespaceSymbol)outer.GetMembers(part).Single(static member => member is INamespaceSymbol)
        );
    return space.GetTypeMembers().Where(type => !dangerous.Contains($"{name}.{type.Name}"));
}

IEnumerable<INamedTypeSymbol> Within(INamedTypeSymbol type) =>
    type is { DeclaredAccessibility: Accessibility.Public, TypeKind: TypeKind.Class or TypeKind.Struct }
    && !Is(type, attribute)
    && !type.GetAttributes().Any(static data => data.AttributeClass?.Name is "ObsoleteAttribute" or "RequiresPreviewFeaturesAttribute")
        ? type.GetTypeMembers().SelectMany(Within).Prepend(type)
        : [];

static bool Is(INamedTypeSymbol type, INamedTypeSymbol ancestor)
{
    var of = type;
    while (of is not null && !SymbolEqualityComparer.Default.Equals(of, ancestor))
    {
        of = of.BaseType;
    }

    return of is not null;
}

static bool IsGeneric(INamedTypeSymbol type) => type.Arity > 0 || (type.ContainingType is { } outer && IsGeneric(outer));

INamedTypeSymbol Closed(INamedTypeSymbol type, ITypeSymbol argument)
{
    if (type.ContainingType is { } outer && IsGeneric(outer))
    {
        type = Closed(outer, argument).GetTypeMembers(type.Name, type.Arity).Single();
    }

    // Where texts are the keys, the alternate keys are spans of letters.
    return type.Arity == 0
        ? type
        : type.Construct([
            .. type.TypeParameters.Select(
                (parameter, i) =>
                    parameter.Name.StartsWith("TAlternate", StringComparison.Ordinal) ? letters
                    : i == 0 ? argument
                    : number
            ),
        ]);
}

// Measures from one call on, to the last one or to one that ends the program or takes too long. Returns where to continue.
async Task<int> Measure(string program, int first, SortedDictionary<string, HashSet<char>> verdicts)
{
    var start = new ProcessStartInfo("dotnet", ["exec", program, first.ToString(CultureInfo.InvariantCulture)])
    {
        RedirectStandardOutput = true,
        RedirectStandardInput = true,
        RedirectStandardError = true,
    };
    start.Environment["DOTNET_TieredCompilation"] = "0";
    start.Environment["DOTNET_ReadyToRun"] = "0";
    using var child = Process.Start(start)!;
    child.ErrorDataReceived += static (_, _) => { };
    child.BeginErrorReadLine();
    child.StandardInput.Close();
    int current = first;
    try
    {
        while (await child.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(8)) is { } line)
        {
            switch (line.Split('\t'))
            {
                case ["*", var index]:
                    current = int.Parse(index, CultureInfo.InvariantCulture);
                    break;
                case ["=", var index, var verdict]:
                    string id = calls[int.Parse(index, CultureInfo.InvariantCulture)].Id;
                    (verdicts.TryGetValue(id, out var known) ? known : verdicts[id] = []).Add(verdict[0]);
                    break;
                case [".", ..]:
                    await child.WaitForExitAsync();
                    return calls.Count;
            }
        }
    }
    catch (TimeoutException)
    {
        child.Kill();
    }

    await child.WaitForExitAsync();
    Console.Error.WriteLine($"left out, for it ends the program or does not end: {calls[current].Id}");
    return current + 1;
}

// One line for each type: its name, then the names of its methods, each behind its verdict. A name has parameters only where overloads differ, or
// where another method may run instead.
string Print(SortedDictionary<string, HashSet<char>> verdicts)
{
    var lines = new SortedDictionary<string, List<string>>(StringComparer.Ordinal);
    foreach (var group in verdicts.GroupBy(entry => Name(entry.Key)))
    {
        int dot = group.Key.LastIndexOf('.', group.Key.EndsWith("#ctor", StringComparison.Ordinal) ? group.Key.Length - 6 : group.Key.Length - 1);
        var line = lines.TryGetValue(group.Key[..dot], out var known) ? known : lines[group.Key[..dot]] = [];
        char[] all = [.. group.Select(entry => Verdict(entry.Value)).Distinct()];
        line.AddRange(
            all is [var one] && !replaceable.Contains(group.Key)
                ? [one + group.Key[(dot + 1)..]]
                : group.Select(entry => Verdict(entry.Value) + entry.Key[(2 + dot + 1)..])
        );
    }

    return string.Concat(lines.Select(line => $"{line.Key} {string.Join(' ', line.Value)}\n"));

    static char Verdict(HashSet<char> found) => found.Count == 1 ? found.Single() : 's';
}

static string Name(string id)
{
    string name = id[2..];
    int parameters = name.IndexOfAny(['(', '~']);
    name = parameters < 0 ? name : name[..parameters];
    int arity = name.IndexOf("``", StringComparison.Ordinal);
    return arity < 0 ? name : name[..arity];
}

// Removes the calls that do not compile, until everything compiles.
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

        // The calls are in parts, because the JIT would need very long for one method with all of them.
        int parts = (calls.Count + CallsInPart - 1) / CallsInPart;
        for (int part = 0; part < parts; part++)
        {
            text.Append(CultureInfo.InvariantCulture, $"static long Part{part}(int i) => i switch {{ ");
            for (int i = part * CallsInPart; i < Math.Min(calls.Count, (part + 1) * CallsInPart); i++)
            {
                text.Append(CultureInfo.InvariantCulture, $"{i} => M{i}(), ");
            }

            text.Append("_ => 0 };\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"const int Count = {calls.Count}; static readonly Func<int, long>[] s_parts = [")
            .AppendJoin(", ", Enumerable.Range(0, parts).Select(part => $"Part{part}"))
            .Append("];\n}\n");
        var tree = CSharpSyntaxTree.ParseText(text.ToString(), options);
        var compilation = CSharpCompilation.Create(
            "Calls",
            [tree],
            references,
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, optimizationLevel: OptimizationLevel.Release, allowUnsafe: true)
        );
        var result = compilation.Emit(path);
        if (result.Success)
        {
            return calls;
        }

        var refused = new HashSet<int>();
        foreach (var error in result.Diagnostics.Where(found => found.Severity == DiagnosticSeverity.Error))
        {
            var node = tree.GetRoot().FindNode(error.Location.SourceSpan);
            if (
                node.AncestorsAndSelf().OfType<MethodDeclarationSyntax>().LastOrDefault() is { } method
                && method.Identifier.ValueText is ['M', .. var index]
                && int.TryParse(index, out int i)
            )
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

// Writes the code of calls, with sample receivers and arguments.
internal static class Samples
{
    public const string Head = """
        using System; using System.Collections.Generic; using System.Globalization; using System.IO; using System.Linq; using System.Text; using System.Threading; using System.Threading.Tasks; using System.Runtime.CompilerServices;
        unsafe static class Calls {
        const long NothingToMake = -1; static readonly CancellationTokenSource s_source = new();
        static readonly Comparer<int> s_order = Comparer<int>.Create(static (a, b) => b - a); static readonly Comparer<string> s_textOrder = Comparer<string>.Create(static (a, b) => string.CompareOrdinal(b, a));
        static object s_kept; static int s_int = 3; static string s_text = "Some text, with words 12";
        static readonly int[] s_int32s = [3, 1, 2, 9, 7]; static readonly string[] s_strings = ["one", "two", "three"];
        [MethodImpl(MethodImplOptions.NoInlining)] static void Keep<T>(T value) where T : allows ref struct { if (typeof(T).IsByRefLike) return; KeepObject(ref value); }
        static void KeepObject<T>(ref T value) where T : allows ref struct { if (!typeof(T).IsValueType) s_kept = Unsafe.As<T, object>(ref value); }
        static System.Text.Json.Utf8JsonReader At(int token) { var reader = new System.Text.Json.Utf8JsonReader("{\"a\":12,\"b\":\"c\"}"u8); for (int i = 0; i < token; i++) reader.Read(); return reader; }
        static void Main(string[] args) {
          CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
          var output = Console.Out;
          for (int i = int.Parse(args[0]); i < Count; i++) {
            output.Write("*\t" + i + "\n"); output.Flush();
            try {
              bool some = false, none = false;
              for (int k = 0; k < 30; k++) { s_int = 3 + (k & 7) * 1111; long bytes = s_parts[i / 200](i); if (k >= 15 && bytes != NothingToMake) { if (bytes > 0) some = true; else none = true; } }
              if (some || none) output.Write("=\t" + i + "\t" + (some && none ? 's' : some ? 'a' : 'n') + "\n"); output.Flush();
            } catch (Exception) { }
          }
          output.Write(".\n"); output.Flush(); Environment.Exit(0);
        }

        """;

    private static readonly Dictionary<string, string[]> s_values = new()
    {
        ["string"] = ["s_text", "\"abc\"", "\" 12 \"", "\"1234\""],
        ["char"] = ["'e'", "'5'", "' '"],
        ["bool"] = ["true", "false"],
        ["object"] = ["s_text", "s_int32s"],
        ["int"] = ["s_int % 7", "2", "0", "s_int"],
        ["uint"] = ["7u", "123456u"],
        ["long"] = ["7L", "123456789L"],
        ["ulong"] = ["7UL"],
        ["short"] = ["(short)7"],
        ["ushort"] = ["(ushort)7"],
        ["byte"] = ["(byte)7"],
        ["sbyte"] = ["(sbyte)7"],
        ["double"] = ["1234.5", "2.0"],
        ["float"] = ["1234.5f"],
        ["decimal"] = ["1234.5m"],
        ["nint"] = ["(nint)7"],
        ["nuint"] = ["(nuint)7"],
        ["System.Half"] = ["(Half)2"],
        ["System.IFormatProvider"] = ["CultureInfo.InvariantCulture"],
        ["System.Globalization.CultureInfo"] = ["CultureInfo.InvariantCulture"],
        ["System.StringComparison"] = ["StringComparison.Ordinal", "StringComparison.OrdinalIgnoreCase"],
        ["System.Type"] = ["typeof(int)", "typeof(List<int>)", "typeof(DayOfWeek)", "typeof(int?)"],
        ["System.Text.Encoding"] = ["Encoding.UTF8"],
        ["System.Text.StringBuilder"] = ["new StringBuilder(\"some text\", 4096)", "new StringBuilder()"],
        ["System.DateTime"] = ["new DateTime(2024, 5, 6, 7, 8, 9, DateTimeKind.Utc)"],
        ["System.DateTimeOffset"] = ["DateTimeOffset.UnixEpoch"],
        ["System.TimeSpan"] = ["TimeSpan.FromSeconds(12.5)"],
        ["System.DateOnly"] = ["new DateOnly(2024, 5, 6)"],
        ["System.TimeOnly"] = ["new TimeOnly(7, 8)"],
        ["System.Guid"] = ["new Guid(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)"],
        ["System.Uri"] = ["new Uri(\"http://a/b?c=d\")"],
        ["System.Version"] = ["new Version(1, 2)"],
        ["System.Random"] = ["new Random(1)"],
        ["System.StringComparer"] = ["StringComparer.Ordinal", "StringComparer.OrdinalIgnoreCase"],
        ["System.Text.RegularExpressions.Regex"] = ["new System.Text.RegularExpressions.Regex(\"[a-z]+\")"],
        ["System.Text.RegularExpressions.Match"] = ["System.Text.RegularExpressions.Regex.Match(s_text, \"[a-z]+\")"],
        ["System.Text.RegularExpressions.Group"] = ["System.Text.RegularExpressions.Regex.Match(s_text, \"([a-z]+)\").Groups[1]"],
        ["System.Globalization.NumberFormatInfo"] = ["NumberFormatInfo.InvariantInfo"],
        ["System.Globalization.CompareInfo"] = ["CultureInfo.InvariantCulture.CompareInfo"],
        ["System.Globalization.TextInfo"] = ["CultureInfo.InvariantCulture.TextInfo"],
        ["System.Threading.CancellationToken"] = ["default(CancellationToken)", "s_source.Token"],
        ["System.Threading.CancellationTokenSource"] = ["new CancellationTokenSource()"],
        ["System.Threading.Tasks.Task"] = ["Task.CompletedTask"],
        ["System.IO.MemoryStream"] = ["new MemoryStream(new byte[64])", "new MemoryStream()"],
        ["System.IO.StringReader"] = ["new StringReader(s_text)"],
        ["System.IO.StringWriter"] = ["new StringWriter(new StringBuilder(\"some text\"))"],
        ["System.Text.Json.JsonElement"] = ["System.Text.Json.JsonDocument.Parse(\"{\\\"a\\\":1}\").RootElement"],
        ["System.Span<char>"] = ["stackalloc char[200]", "new char[200]"],
        ["System.Span<byte>"] = ["stackalloc byte[200]"],
        ["System.Span<int>"] = ["stackalloc int[8]"],
        ["System.Span<System.Range>"] = ["stackalloc Range[8]"],
        ["System.ReadOnlySpan<char>"] = ["s_text.AsSpan()", "\"1234\".AsSpan()"],
        ["System.ReadOnlySpan<byte>"] = ["\"1234\"u8"],
        ["System.ReadOnlySpan<int>"] = ["s_int32s.AsSpan(0, 3)"],
        ["System.ReadOnlySpan<string>"] = ["s_strings"],
        ["System.Span<string>"] = ["new string[4]"],
        ["System.Memory<int>"] = ["s_int32s.AsMemory()"],
        ["System.ReadOnlyMemory<int>"] = ["s_int32s.AsMemory()"],
        ["System.Memory<string>"] = ["s_strings.AsMemory()"],
        ["System.ReadOnlyMemory<char>"] = ["s_text.AsMemory()"],
        ["System.ArraySegment<int>"] = ["new ArraySegment<int>(s_int32s, 1, 2)"],
        ["int[]"] = ["new[] { 3, 1, 2, 9, 7, 0, 0, 0 }"],
        ["string[]"] = ["new[] { \"one\", \"two\", \"three\" }"],
        ["char[]"] = ["new[] { 'e', ' ', ',' }"],
        ["byte[]"] = ["new byte[] { 52, 53, 54, 55 }"],
        ["object[]"] = ["new object[] { \"a\", \"b\" }"],
        ["System.Array"] = ["new[] { 3, 1, 2 }"],
        ["object?[]"] = ["new object[] { \"a\" }"],
        ["System.Collections.Generic.IEnumerable<int>"] = ["s_int32s", "new List<int>(s_int32s)"],
        ["System.Collections.Generic.IEnumerable<string>"] = ["s_strings", "new List<string>(s_strings)"],
        ["System.Collections.Generic.List<int>"] = ["new List<int>(64) { 3, 1, 2, 9 }", "new List<int> { 3, 1, 2, 9 }"],
        ["System.Collections.Generic.List<string>"] = ["new List<string>(64) { \"one\", \"two\" }"],
        ["System.Collections.Generic.Dictionary<int, int>"] =
        [
            "new Dictionary<int, int>(64) { [0] = 1, [2] = 3 }",
            "new Dictionary<int, int> { [0] = 1, [2] = 3, [9] = 9 }",
        ],
        ["System.Collections.Generic.Dictionary<string, int>"] =
        [
            "new Dictionary<string, int>(64) { [\"abc\"] = 1 }",
            "new Dictionary<string, int> { [\"abc\"] = 1, [\"b\"] = 2, [\"c\"] = 2 }",
        ],
        ["System.Collections.Generic.HashSet<int>"] = ["new HashSet<int>(64) { 0, 2, 3 }", "new HashSet<int> { 0, 2, 9 }"],
        ["System.Collections.Generic.HashSet<string>"] = ["new HashSet<string>(64) { \"abc\" }"],
        ["System.Collections.Generic.Queue<int>"] = ["new Queue<int>(s_int32s)"],
        ["System.Collections.Generic.Queue<string>"] = ["new Queue<string>(s_strings)"],
        ["System.Collections.Generic.Stack<int>"] = ["new Stack<int>(s_int32s)"],
        ["System.Collections.Generic.Stack<string>"] = ["new Stack<string>(s_strings)"],
        ["System.Collections.Concurrent.ConcurrentDictionary<int, int>"] =
        [
            "new System.Collections.Concurrent.ConcurrentDictionary<int, int> { [0] = 1, [2] = 3 }",
        ],
        ["System.Collections.Concurrent.ConcurrentDictionary<string, int>"] =
        [
            "new System.Collections.Concurrent.ConcurrentDictionary<string, int> { [\"abc\"] = 1 }",
        ],
        ["System.Collections.Concurrent.ConcurrentQueue<int>"] = ["new System.Collections.Concurrent.ConcurrentQueue<int>(s_int32s)"],
        ["System.Collections.Concurrent.ConcurrentStack<int>"] = ["new System.Collections.Concurrent.ConcurrentStack<int>(s_int32s)"],
        ["System.Collections.Immutable.ImmutableArray<int>"] = ["System.Collections.Immutable.ImmutableArray.Create(1, 2, 3)"],
        ["System.Collections.Immutable.ImmutableArray<string>"] = ["System.Collections.Immutable.ImmutableArray.Create(\"a\", \"b\")"],
        ["System.Collections.Immutable.ImmutableList<int>"] = ["System.Collections.Immutable.ImmutableList.Create(1, 2, 3)"],
        ["System.Collections.Immutable.ImmutableDictionary<int, int>"] =
        [
            "System.Collections.Immutable.ImmutableDictionary.CreateRange(new[] { KeyValuePair.Create(1, 2) })",
        ],
        ["System.Collections.Frozen.FrozenDictionary<int, int>"] =
        [
            "System.Collections.Frozen.FrozenDictionary.ToFrozenDictionary(new[] { KeyValuePair.Create(2, 2) })",
        ],
        ["System.Collections.Frozen.FrozenSet<int>"] = ["System.Collections.Frozen.FrozenSet.ToFrozenSet(s_int32s)"],
        ["System.Collections.Generic.SortedDictionary<int, int>"] = ["new SortedDictionary<int, int> { [0] = 1, [2] = 3 }"],
        ["System.Collections.Generic.SortedSet<int>"] = ["new SortedSet<int> { 0, 2 }"],
        ["System.Collections.Generic.LinkedList<int>"] = ["new LinkedList<int>(s_int32s)"],
        ["System.Collections.Generic.PriorityQueue<int, int>"] = ["new PriorityQueue<int, int>([(1, 2), (2, 3)])"],
        ["System.Collections.ObjectModel.ReadOnlyCollection<int>"] = ["new List<int> { 1, 2, 3 }.AsReadOnly()"],
        ["System.Lazy<string>"] = ["new Lazy<string>(\"a\")"],
        ["System.Threading.Tasks.Task<int>"] = ["Task.FromResult(7)"],
        ["System.Threading.Tasks.ValueTask<int>"] = ["new ValueTask<int>(7)"],
        ["System.Buffers.ArrayPool<int>"] = ["System.Buffers.ArrayPool<int>.Shared"],
        ["System.Buffers.MemoryPool<int>"] = ["System.Buffers.MemoryPool<int>.Shared"],
        ["System.Buffers.SearchValues<char>"] = ["System.Buffers.SearchValues.Create(\"abc\")"],
        ["System.DayOfWeek"] = ["DayOfWeek.Friday"],
        ["System.Enum"] = ["DayOfWeek.Friday"],
        ["System.Collections.Generic.EqualityComparer<int>"] = ["EqualityComparer<int>.Default"],
        ["System.Collections.Generic.EqualityComparer<string>"] = ["EqualityComparer<string>.Default"],
        ["System.Collections.Generic.IComparer<int>"] = ["s_order"],
        ["System.Collections.Generic.IComparer<string>"] = ["s_textOrder"],
        ["System.Collections.IComparer"] = ["s_order"],
        ["System.Collections.Generic.Comparer<int>"] = ["Comparer<int>.Default"],
        ["System.Collections.Generic.Comparer<string>"] = ["Comparer<string>.Default"],
        ["System.Numerics.BigInteger"] = ["System.Numerics.BigInteger.Pow(3, 50)", "System.Numerics.BigInteger.One"],
        ["System.Text.Rune"] = ["new Rune('a')"],
        ["System.Diagnostics.Stopwatch"] = ["new System.Diagnostics.Stopwatch()"],
        ["System.Tuple<int, int>"] = ["Tuple.Create(1, 2)"],
        ["System.Text.Encoder"] = ["Encoding.UTF8.GetEncoder()"],
        ["System.Text.Decoder"] = ["Encoding.UTF8.GetDecoder()"],
        ["System.Reflection.MemberInfo"] = ["typeof(int)"],
        ["System.TimeProvider"] = ["TimeProvider.System"],
        ["System.Text.CompositeFormat"] = ["CompositeFormat.Parse(\"{0}\")"],
        ["System.Text.Json.Utf8JsonReader"] = ["At(0)", "At(3)", "At(2)", "At(5)"],
        ["System.Collections.Generic.SortedList<int, int>"] = ["new SortedList<int, int>(64) { [0] = 1, [2] = 3 }"],
        ["System.Collections.BitArray"] = ["new System.Collections.BitArray(16)"],
        ["System.Collections.Generic.LinkedListNode<int>"] = ["new LinkedList<int>(s_int32s).First!.Next!"],
        ["System.Buffers.SearchValues<byte>"] = ["System.Buffers.SearchValues.Create(\"abc\"u8)"],
        ["System.Runtime.CompilerServices.TaskAwaiter<int>"] = ["Task.FromResult(7).GetAwaiter()"],
        ["System.Runtime.CompilerServices.TaskAwaiter"] = ["Task.CompletedTask.GetAwaiter()"],
        ["System.Buffers.ReadOnlySequence<int>"] = ["new System.Buffers.ReadOnlySequence<int>(s_int32s)"],
        ["System.Buffers.ReadOnlySequence<byte>"] = ["new System.Buffers.ReadOnlySequence<byte>(new byte[] { 52, 53, 54, 55 })"],
        ["System.Threading.SemaphoreSlim"] = ["new SemaphoreSlim(1000)"],
        ["System.Threading.ManualResetEventSlim"] = ["new ManualResetEventSlim(true)"],
        ["System.Collections.Frozen.FrozenDictionary<string, int>"] =
        [
            "System.Collections.Frozen.FrozenDictionary.ToFrozenDictionary(new[] { KeyValuePair.Create(\"1234\", 2) })",
        ],
        ["System.Collections.Frozen.FrozenSet<string>"] = ["System.Collections.Frozen.FrozenSet.ToFrozenSet(s_strings)"],
        ["System.Threading.Thread"] = ["Thread.CurrentThread"],
        ["System.Exception"] = ["new InvalidOperationException()"],
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
        foreach (var parameter in method.Parameters)
        {
            string declared = parameter.Type.ToDisplayString();
            string name = "a" + parameter.Ordinal.ToString(CultureInfo.InvariantCulture);
            if (parameter.RefKind == RefKind.Out)
            {
                text.Append(declared).Append(' ').Append(name).Append("; ");
                names.Add("out " + name);
                continue;
            }

            if (parameter.Type.GetAttributes().Any(static data => data.AttributeClass?.Name == "InterpolatedStringHandlerAttribute"))
            {
                names.Add("$\"{s_int} and {s_text}\"");
                continue;
            }

            if (Value(parameter, variant, method) is not { } value)
            {
                return null;
            }

            text.Append(parameter.Type.IsRefLikeType ? "scoped " : "")
                .Append(declared)
                .Append(' ')
                .Append(name)
                .Append(" = ")
                .Append(value)
                .Append("; ");
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

        string before = Entered(method);
        text.Append(before);
        again += Left(method);

        string list = string.Join(", ", names);
        string generic = method.IsGenericMethod ? $"<{string.Join(", ", method.TypeArguments.Select(argument => argument.ToDisplayString()))}>" : "";
        string? expression = method switch
        {
            { MethodKind: MethodKind.Constructor } => $"new {receiver}({list})",
            { MethodKind: MethodKind.PropertyGet, AssociatedSymbol: IPropertySymbol { IsIndexer: true } } => $"{receiver}[{list}]",
            { MethodKind: MethodKind.PropertyGet, AssociatedSymbol: { } property } => $"{receiver}.{property.Name}",
            { MethodKind: MethodKind.PropertySet, AssociatedSymbol: IPropertySymbol { IsIndexer: true } } =>
                $"{receiver}[{string.Join(", ", names.Take(names.Count - 1))}] = {names[^1]}",
            { MethodKind: MethodKind.PropertySet, AssociatedSymbol: { } property } => $"{receiver}.{property.Name} = {names[0]}",
            { MethodKind: MethodKind.UserDefinedOperator, Name: "op_Equality" } => $"a0 == a1",
            { MethodKind: MethodKind.UserDefinedOperator, Name: "op_Inequality" } => "a0 != a1",
            { MethodKind: MethodKind.UserDefinedOperator, Name: "op_Addition" } => "a0 + a1",
            { MethodKind: MethodKind.UserDefinedOperator, Name: "op_Subtraction" } => "a0 - a1",
            { MethodKind: MethodKind.UserDefinedOperator, Name: "op_Multiply" } => "a0 * a1",
            { MethodKind: MethodKind.UserDefinedOperator, Name: "op_LessThan" } => "a0 < a1",
            { MethodKind: MethodKind.UserDefinedOperator, Name: "op_GreaterThan" } => "a0 > a1",
            { MethodKind: MethodKind.UserDefinedOperator, Name: "op_LessThanOrEqual" } => "a0 <= a1",
            { MethodKind: MethodKind.UserDefinedOperator, Name: "op_GreaterThanOrEqual" } => "a0 >= a1",
            { MethodKind: MethodKind.UserDefinedOperator } => null,
            { MethodKind: MethodKind.Conversion } => $"({method.ReturnType.ToDisplayString()})a0",
            _ => $"{receiver}.{method.Name}{generic}({list})",
        };
        if (expression is null)
        {
            return null;
        }

        bool isVoid = method.ReturnsVoid && method.MethodKind != MethodKind.Constructor,
            isKept = !isVoid && method.ReturnType is not IPointerTypeSymbol;
        // A call that returns an empty text or array may allocate when it is asked for more, so it does not count. A pool does not make its arrays,
        // so this does not apply to it.
        string answer =
            method.Parameters.Length > 0
            && type.Name != "ArrayPool"
            && method.ReturnType is { SpecialType: SpecialType.System_String } or IArrayTypeSymbol
                ? "bytes == 0 && result is { Length: 0 } ? NothingToMake : bytes"
                : "bytes";
        return $"{text}long before = GC.GetAllocatedBytesForCurrentThread(); {(isVoid ? "" : "var result = ")}{expression}; long bytes = "
            + $"GC.GetAllocatedBytesForCurrentThread() - before; {(isKept ? "Keep(result); " : "")}"
            // The call runs once more, because what the receiver allocates at its first use does not belong to the call.
            + $"try {{ {again}{before}before = GC.GetAllocatedBytesForCurrentThread(); {(isVoid ? "" : "result = ")}{expression}; bytes = "
            + $"Math.Min(bytes, GC.GetAllocatedBytesForCurrentThread() - before); {(isKept ? "Keep(result); " : "")}}} catch (Exception) {{ }} return {answer};";
    }

    // Code that enters what the method exits.
    private static string Entered(IMethodSymbol method)
    {
        string name = method.Name.StartsWith("Exit", StringComparison.Ordinal) ? "Enter" + method.Name["Exit".Length..] : "";
        return method.ContainingType.GetMembers(name).OfType<IMethodSymbol>().OrderBy(static enter => enter.Parameters.Length).FirstOrDefault() switch
        {
            { IsStatic: false, Parameters: [] } => $"r.{name}(); ",
            { IsStatic: false, Parameters: [{ RefKind: RefKind.Ref }] } => $"{{ bool taken = false; r.{name}(ref taken); }} ",
            _ => "",
        };
    }

    // Code that exits what the method has entered, before it is entered again.
    private static string Left(IMethodSymbol method)
    {
        string name =
            "Exit"
            + (
                method.Name.StartsWith("TryEnter", StringComparison.Ordinal) ? method.Name["TryEnter".Length..]
                : method.Name.StartsWith("Enter", StringComparison.Ordinal) ? method.Name["Enter".Length..]
                : "?"
            );
        return method.ContainingType.GetMembers(name).OfType<IMethodSymbol>().Any(static leave => leave is { IsStatic: false, Parameters: [] })
            ? $"r.{name}(); "
            : "";
    }

    private static string? Value(IParameterSymbol parameter, int variant, IMethodSymbol method) =>
        parameter switch
        {
            { Name: "format", Type.IsRefLikeType: true } when variant == 0 => "default",
            // A pool takes back only what it has given.
            { Type: IArrayTypeSymbol } when method is { Name: "Return", ContainingType: { Name: "ArrayPool" } pool } =>
                $"{pool.ToDisplayString()}.Shared.Rent(16)",
            _ => Value(parameter.Type, variant + parameter.Ordinal),
        };

    private static string? Value(ITypeSymbol type, int variant, int depth = 0)
    {
        string name = type.WithNullableAnnotation(NullableAnnotation.None)
            .ToDisplayString(SymbolDisplayFormat.CSharpErrorMessageFormat.WithMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.UseSpecialTypes))
            .Replace("?", "", StringComparison.Ordinal);
        if (s_values.TryGetValue(name, out string[]? values))
        {
            return values[variant % values.Length];
        }

        if (type is INamedTypeSymbol { DelegateInvokeMethod: { } invoke })
        {
            string parameters = string.Join(", ", invoke.Parameters.Select((_, i) => $"p{i}"));
            string result =
                invoke.ReturnType.SpecialType == SpecialType.System_Boolean
                    ? variant % 2 == 0
                        ? "true"
                        : "false"
                    : invoke.ReturnsVoid
                        ? "{ }"
                        : invoke.Parameters.Length > 0 && SymbolEqualityComparer.Default.Equals(invoke.Parameters[0].Type, invoke.ReturnType)
                            ? "p0"
                            : "default";
            return $"static ({parameters}) => {result}";
        }

        return type switch
        {
            { TypeKind: TypeKind.Enum } => $"default({type.ToDisplayString()})",
            { Name: "IEqualityComparer" } or { Name: "IComparer" } => type is INamedTypeSymbol { TypeArguments: [var element] }
                ? (type.Name == "IComparer" ? $"Comparer<{element}>.Default" : $"EqualityComparer<{element}>.Default")
                : null,
            { Name: "ICollection" or "IList" or "IReadOnlyList" or "IReadOnlyCollection" or "ISet" } => type
                is INamedTypeSymbol { TypeArguments: [{ SpecialType: SpecialType.System_Int32 }] }
                ? "new List<int>(s_int32s)"
                : null,
            INamedTypeSymbol { TypeKind: TypeKind.Struct, IsRefLikeType: false } made when (variant & 1) == 0 => Made(made, variant, depth)
                ?? $"default({made.ToDisplayString()})",
            { IsValueType: true, IsRefLikeType: false } => $"default({type.ToDisplayString()})",
            INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct } made => Made(made, variant, depth)
                ?? (made.IsRefLikeType ? $"default({made.ToDisplayString()})" : null),
            _ => null,
        };
    }

    // Code that makes a value of a type: from a member of its containing type, from a static member of its own, or with its shortest constructor.
    private static string? Made(INamedTypeSymbol type, int variant, int depth)
    {
        if (depth == 3)
        {
            return null;
        }

        if (
            type.ContainingType is { IsStatic: false } outer
            && outer
                .GetMembers()
                .FirstOrDefault(member => Gives(member, type) && !member.IsStatic && member is not IMethodSymbol { Parameters.Length: > 0 })
                is { } part
            && Value(outer, variant, depth + 1) is { } whole
        )
        {
            string arguments = part is IMethodSymbol { IsGenericMethod: true } ? $"<{string.Join(", ", type.TypeArguments)}>" : "";
            return $"{whole}.{part.Name}{arguments}{(part is IMethodSymbol ? "()" : "")}";
        }

        if (type.GetMembers().FirstOrDefault(member => member is { IsStatic: true } and not IMethodSymbol && Gives(member, type)) is { } own)
        {
            return $"{type.ToDisplayString()}.{own.Name}";
        }

        foreach (
            var constructor in type
                .InstanceConstructors.Where(constructor =>
                    !type.IsAbstract
                    && constructor.DeclaredAccessibility == Accessibility.Public
                    && !(type.IsValueType && constructor.Parameters.IsEmpty)
                )
                .OrderBy(static constructor => constructor.Parameters.Length)
        )
        {
            string?[] values =
            [
                .. constructor.Parameters.Select(parameter => parameter.RefKind == RefKind.None ? Value(parameter.Type, variant, depth + 1) : null),
            ];
            if (!values.Contains(null))
            {
                return $"new {type.ToDisplayString()}({string.Join(", ", values)})";
            }
        }

        return null;
    }

    private static bool Gives(ISymbol member, INamedTypeSymbol type) =>
        member.DeclaredAccessibility == Accessibility.Public
        && member switch
        {
            IFieldSymbol field => SymbolEqualityComparer.Default.Equals(field.Type, type),
            IPropertySymbol { IsIndexer: false } property => SymbolEqualityComparer.Default.Equals(property.Type, type),
            IMethodSymbol { MethodKind: MethodKind.Ordinary } method => SymbolEqualityComparer.Default.Equals(
                method.ReturnType.OriginalDefinition,
                type.OriginalDefinition
            ),
            _ => false,
        };
}
