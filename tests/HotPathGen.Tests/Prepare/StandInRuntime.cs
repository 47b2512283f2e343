using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace HotPathGen.Tests.Prepare;

/// <summary>
/// The members that prepared code calls, with a journal instead of counters. With them, a measured assembly can run here without the runtime that
/// this process may have loaded. The journal shows which frames the assembly opened and how it left them.
/// </summary>
internal static class StandInRuntime
{
    private const string Text = """
        using System;
        using System.Collections;
        using System.Collections.Generic;
        using System.Runtime.CompilerServices;
        using System.Threading.Tasks;

        namespace HotPathGen
        {
            [System.Diagnostics.Conditional("HOTPATH_KEEP_ATTRIBUTES"), AttributeUsage(AttributeTargets.All, Inherited = false)]
            public sealed class InstrumentAttribute : Attribute
            {
                public int MaxBytesPerCall { get; set; }
            }

            [System.Diagnostics.Conditional("HOTPATH_KEEP_ATTRIBUTES"), AttributeUsage(AttributeTargets.All, Inherited = false)]
            public sealed class DoNotInstrumentAttribute : Attribute;
        }

        namespace HotPathGen.Runtime
        {
            [System.Diagnostics.Conditional("HOTPATH_KEEP_ATTRIBUTES"), AttributeUsage(AttributeTargets.All, Inherited = false)]
            public sealed class PreparedAttribute(string key, string core, string kind) : Attribute
            {
                public string Key { get; } = key;
                public string Core { get; } = core;
                public string Kind { get; } = kind;
            }

            public readonly struct HotMethod(string id, string name, string file, int line, string form, ReadOnlySpan<byte> sites = default, string unsupportedReason = "", string pooled = "", int maxBytesPerCall = -1)
            {
                public readonly string Id = id, Name = name, File = file, Form = form;
                public readonly int Line = line;

                public static readonly List<HotMethod> Methods = [];

                public static int Register(string assembly, string directory, HotMethod[] methods, PlainMethod[] plain)
                {
                    lock (Methods)
                    {
                        int first = Methods.Count;
                        Methods.AddRange(methods);
                        return first;
                    }
                }

                public static string[] Registered() => Methods.ConvertAll(method => method.Form + "|" + method.Name + "|" + method.File + "|" + method.Line).ToArray();
            }

            public readonly struct PlainMethod(string name, string file, int line, string reason)
            {
                public readonly string Name = name, File = file, Reason = reason;
                public readonly int Line = line;
            }


            public static class Journal
            {
                private static readonly List<string> s_lines = [];
                private static int s_open;

                public static string[] Lines() { lock (s_lines) { return s_lines.ToArray(); } }

                public static int Open => s_open;

                public static void Opened(int method) { lock (s_lines) { s_open++; s_lines.Add("+ " + HotMethod.Methods[method].Name); } }

                public static void Left(int method, bool completed) { lock (s_lines) { s_open--; s_lines.Add((completed ? "- " : "! ") + HotMethod.Methods[method].Name); } }
            }

            public readonly struct Initializer
            {
                public static Initializer Begin(int method) => default;

                public T End<T>(T value) where T : allows ref struct => value;

                public T End<T>(T value, bool endsCall) where T : allows ref struct => value;
            }

            public ref struct Converted<T> where T : allows ref struct
            {
                public T Value;
            }

            // The copies of bodies compile against these; none of them runs here.
            public static class AsyncBody
            {
                public static void Begin<M>(ref M machine, ref int call) where M : IAsyncStateMachine { }

                public static ref M Wait<M>(ref M machine, ref int call) where M : IAsyncStateMachine => ref machine;

                public static T Suspend<T>(T awaitable, ref int call) => awaitable;

                public static T Resume<T>(T result, int call) => result;

                public static void Resume(int call) { }

                public static void Caught(int call) { }

                public static bool Failed(ref int call) => false;

                public static void End(int call) { }

                public static int Enumerate(int method, int siteCount) => 0;

                public static T Yield<T>(T value, int call) => value;

                public static void Continue(int call) { }

                public static void Complete(int call) { }

                public static void Leave(int call) { }

                public static ValueTask DisposeAsync<T>(T resource) where T : IAsyncDisposable => resource.DisposeAsync();

                public static T At<T>(T value, int call, int site) where T : allows ref struct => value;

                public static ref T AtReference<T>(ref T value, int call, int site) where T : allows ref struct => ref value;

                public static int At(int call, int site) => 0;

                public static int Part(int call, int site) => 0;

                public static T After<T>(int part, T value) where T : allows ref struct => value;
            }

            public static class IteratorBody
            {
                public static T At<T>(T value, int method, int site) where T : allows ref struct => value;

                public static ref T AtReference<T>(ref T value, int method, int site) where T : allows ref struct => ref value;

                public static int At(int method, int site) => 0;

                public static int Part(int method, int site) => 0;

                public static T After<T>(int part, T value) where T : allows ref struct => value;

                public static void Caught(int method) { }
            }

            public readonly struct Frame
            {
                private readonly int _method;

                private Frame(int method) => _method = method;

                [ThreadStatic]
                private static List<int>? t_open;

                public static Frame Enter(int method) { Journal.Opened(method); (t_open ??= []).Add(method); return new Frame(method); }

                public static Frame Innermost => new Frame(t_open![^1]);

                public static bool Fails(out bool completed) => completed = false;

                public static bool IsEnabled => false;
                public bool IsOpen => true;
                public void Starts() { }

                public static Frame EnterBodies(int method, int sites) => Enter(method);

                public bool IsProbing => false;

                public static bool MayProbe => false;

                public int Begin() => 0;

                public void Started(int site) { }

                public T At<T>(int site, T value) where T : allows ref struct => value;

                public ref T AtReference<T>(int site, ref T value) where T : allows ref struct => ref value;

                public ref readonly T AtReadOnlyReference<T>(int site, ref readonly T value) where T : allows ref struct => ref value;

                public int At(int site) => 0;

                public int Part(int site) => 0;

                public T After<T>(int part, T value) where T : allows ref struct => value;

                public void Caught() { }

                public void ExitBodies(bool completed) => Exit(completed);

                public void Exit(bool completed) { t_open!.RemoveAt(t_open.LastIndexOf(_method)); Journal.Left(_method, completed); }

                public void ExitStarted(bool completed) => Exit(completed);

                public IEnumerable Observe(IEnumerable e) => e;

                public IEnumerable<T> Observe<T>(IEnumerable<T> e) where T : allows ref struct => e;

                public IEnumerator Observe(IEnumerator e) => e;

                public IEnumerator<T> Observe<T>(IEnumerator<T> e) where T : allows ref struct => e;

                public IAsyncEnumerable<T> Observe<T>(IAsyncEnumerable<T> e) => e;

                public IAsyncEnumerator<T> Observe<T>(IAsyncEnumerator<T> e) => e;
            }
        }
        """;

    /// <summary>References to the shared framework that runs the tests.</summary>
    public static readonly IReadOnlyList<MetadataReference> Framework =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => Path.GetDirectoryName(path) == Path.GetDirectoryName(typeof(object).Assembly.Location))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    public static readonly byte[] Image = Compile();

    public static readonly MetadataReference Reference = MetadataReference.CreateFromImage(Image);

    private static byte[] Compile()
    {
        var compilation = CSharpCompilation.Create(
            "HotPathGen",
            [CSharpSyntaxTree.ParseText(Text, new CSharpParseOptions(LanguageVersion.CSharp13))],
            Framework,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)
        );
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        Assert.That(result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error), Is.Empty);
        return image.ToArray();
    }
}
