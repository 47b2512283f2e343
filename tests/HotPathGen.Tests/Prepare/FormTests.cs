using System.Text.RegularExpressions;
using HotPathGen.Prepare;
using HotPathGen.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HotPathGen.Tests.Prepare;

/// <summary>Which declarations become pairs, which are measured in place, and which are not measured, with the reason.</summary>
public sealed class FormTests
{
    private const string Pair = "pair",
        Forwarded = "forwarded",
        InPlace = "in place";

    [TestCase("class C { [Instrument] void M() { } }", Pair)]
    [TestCase("class C { [Instrument] int M() => 1; }", Pair)]
    [TestCase("struct S { [Instrument] readonly int M() { return 1; } }", Pair)]
    [TestCase("ref struct S { [Instrument] int M() { return 1; } }", Pair)]
    [TestCase("record R { [Instrument] int M() { return 1; } }", Pair)]
    [TestCase("record struct R { [Instrument] int M() { return 1; } }", Pair)]
    [TestCase("static class C { [Instrument] static int M(this string s) { return 1; } }", Pair)]
    [TestCase("class C { [Instrument] public override string ToString() { return \"\"; } }", Pair)]
    [TestCase("class C { [Instrument] async System.Threading.Tasks.Task M() { await M(); } }", Pair)]
    [TestCase("class C { [Instrument] System.Collections.Generic.IEnumerable<int> M() { yield return 1; } }", Pair)]
    [TestCase("struct S { [Instrument] System.Collections.Generic.IEnumerable<int> M() { yield return 1; } }", Pair)]
    [TestCase("interface I { class C { [Instrument] void M() { } } }", Pair)]
    [TestCase("class C { [Instrument] void Main() { } }", Pair)]
    [TestCase("class C { [Instrument] C() { } }", Forwarded)]
    [TestCase("class C { [Instrument] static C() { } }", Forwarded)]
    [TestCase("class C { [Instrument] ~C() { } }", Forwarded)]
    [TestCase("class C { [Instrument] public static C operator +(C a) { return a; } }", Forwarded)]
    [TestCase("class C { [Instrument] public static implicit operator int(C a) => 1; }", Forwarded)]
    [TestCase("class C { [Instrument] int P => 1; }", Forwarded)]
    [TestCase("class C { [Instrument] int P { get { return 1; } } }", Forwarded)]
    [TestCase("class C { [Instrument] int this[int n] => 1; }", Forwarded)]
    [TestCase("class C { event System.Action E { [Instrument] add { } remove { } } }", Forwarded)]
    [TestCase("class C { void M() { [Instrument] void L() { } } }", InPlace)]
    [TestCase("interface I { [Instrument] void M() { } }", Forwarded)]
    [TestCase("static class C { extension(int n) { [Instrument] public int M() { return n; } } }", InPlace)]
    [TestCase("file class C { [Instrument] void M() { } }", InPlace)]
    [TestCase("file class C { class D { [Instrument] void M() { } } }", InPlace)]
    [TestCase("class C : System.IDisposable { [Instrument] void System.IDisposable.Dispose() { } }", Forwarded)]
    [TestCase("partial class C { partial void M(); [Instrument] partial void M() { } }", Forwarded)]
    [TestCase("class B { public virtual T M<T>(T t) { return t; } } class C : B { [Instrument] public override T M<T>(T t) { return t; } }", InPlace)]
    [TestCase("class C { [Instrument] static void Main() { } }", Forwarded)]
    [TestCase("class C { [Instrument] static async System.Threading.Tasks.Task Main() { await Main(); } }", Forwarded)]
    [TestCase("class C { [Instrument, System.Diagnostics.Conditional(\"X\")] void M() { } }", Forwarded)]
    [TestCase("class C { [Instrument, System.Runtime.CompilerServices.ModuleInitializer] internal static void M() { } }", Forwarded)]
    [TestCase("class C { [Instrument, System.Runtime.InteropServices.UnmanagedCallersOnlyAttribute] static void M() { } }", Forwarded)]
    [TestCase("class C { [Instrument] void M(__arglist) { } }", InPlace)]
    [TestCase("class C { [Instrument] object M() { return System.Reflection.MethodBase.GetCurrentMethod(); } }", InPlace)]
    [TestCase("class C { [Instrument] object M() => new System.Diagnostics.StackTrace(); }", InPlace)]
    [TestCase("class C { [Instrument] object M() => new System.Diagnostics.StackFrame(1); }", InPlace)]
    [TestCase("class C { [Instrument] object M() => System.Environment.StackTrace; }", InPlace)]
    [TestCase("class C { [Instrument] object M() => System.Reflection.Assembly.GetCallingAssembly(); }", InPlace)]
    [TestCase(
        "class C { [Instrument] void M() { Named(); } void Named([System.Runtime.CompilerServices.CallerMemberName] string n = \"\") { } }",
        InPlace
    )]
    [TestCase(
        "class C { [Instrument] async System.Threading.Tasks.Task M() { Named(); } void Named([System.Runtime.CompilerServices.CallerMemberName] "
            + "string n = \"\") { } }",
        InPlace
    )]
    [TestCase("interface I { [Instrument] async System.Threading.Tasks.Task M() { await M(); } }", Forwarded)]
    [TestCase("class C { void M() { [Instrument] async void L() { } } }", InPlace)]
    [TestCase("class C { [Instrument] System.Collections.Generic.IEnumerable<int> P { get { yield return 1; } } }", Forwarded)]
    [TestCase("struct S { [Instrument] static System.Collections.Generic.IEnumerable<int> P { get { yield return 1; } } }", Forwarded)]
    [TestCase("struct S { [Instrument] System.Collections.Generic.IEnumerable<int> P { get { yield return 1; } } }", Forwarded)]
    [TestCase(
        "struct S : System.IAsyncDisposable { [Instrument] async System.Threading.Tasks.ValueTask System.IAsyncDisposable.DisposeAsync() { } }",
        Forwarded
    )]
    [TestCase("file struct S { [Instrument] System.Collections.Generic.IEnumerable<int> M() { yield return 1; } }", InPlace)]
    [TestCase(
        "interface I { System.Collections.Generic.IEnumerable<T> M<T>(); } struct S : I { [Instrument] System.Collections.Generic.IEnumerable<T> "
            + "I.M<T>() { yield break; } }",
        "an async or iterator member of a struct is measured as a pair, and this one cannot be split into one; let it call a private method"
    )]
    [TestCase(
        "struct S { [Instrument] async System.Threading.Tasks.Task M() { Named(); } void "
            + "Named([System.Runtime.CompilerServices.CallerMemberName] string n = \"\") { } }",
        "an async or iterator member of a struct is measured as a pair, and this one cannot be split into one; let it call a private method"
    )]
    [TestCase("abstract class C { [Instrument] public abstract void M(); }", "it has no body here; mark the methods that implement it")]
    [TestCase("class C { [Instrument] static extern void M(); }", "it has no body here; mark the methods that implement it")]
    [TestCase("interface I { [Instrument] void M(); }", "it has no body here; mark the methods that implement it")]
    [TestCase("interface I { [Instrument] int P { get; } }", "it has no body here; mark the methods that implement it")]
    [TestCase(
        "[Instrument] class C { int _n; int P { get { return _n; } } }",
        "it only moves values: no call, no allocation, no loop; mark it itself to have it measured"
    )]
    [TestCase(
        "[Instrument] class C { int _n; C(int n) { _n = n; } }",
        "it only moves values: no call, no allocation, no loop; mark it itself to have it measured"
    )]
    [TestCase("[method: Instrument] class C(int n) { int[] _a = new int[n]; }", InPlace)]
    [TestCase(
        "[method: Instrument] class C(int n) { int _n = n; }",
        "a primary constructor is measured by the initializers that it runs, and none here does more than move values; write a constructor with a body"
    )]
    public void A_declaration_takes_the_form_that_suits_it(string text, string expected)
    {
        using var project = new TemporaryProject();
        project.Source("File.cs", "using HotPathGen;\n" + text);
        project.Run();

        string actual =
            project.Copy("File.cs") is null ? string.Join("; ", project.Coverage().Select(method => method[3]))
            : project.CopyText("File.cs").Contains(Marks.Forwarded) ? Forwarded
            : project.CopyText("File.cs").Contains("__plain(") && !project.CopyText("File.cs").Contains("__hotpath_plain(") ? Pair
            : InPlace;
        Assert.That(actual, Is.EqualTo(expected));
        Assert.That(project.Coverage(), expected is Pair or Forwarded or InPlace ? Is.Empty : Is.Not.Empty);
    }

    [Test]
    public void What_is_left_plain_is_listed_with_its_place_as_the_user_sees_it()
    {
        using var project = new TemporaryProject();
        string path = project.Source(
            "Folder/File.cs",
            """
            using HotPathGen;
            namespace N;
            abstract class C<T>
            {
                [Instrument]
                public abstract void
                    M();
            #line 70
                [Instrument] public abstract int P { get; set; }
            }
            file struct S { [Instrument] System.Collections.Generic.IEnumerable<int> this[int n] { get { yield return 1; } } }
            static class E { extension(int n) { [Instrument] extern public int X(); } }
            class F { [method: Instrument] record G(int N); }
            """
        );
        project.Run();

        Assert.That(
            project.Coverage().Select(method => string.Join(' ', method[..3])),
            Is.EqualTo(
                (string[])
                    [
                        $"{path} 74 N.F.G.G",
                        $"{path} 7 N.C`1.M",
                        $"{path} 70 N.C`1.P.get",
                        $"{path} 70 N.C`1.P.set",
                        $"{path} 72 N.S.this[].get",
                        $"{path} 73 N.E.X",
                    ]
            )
        );
    }

    [Test]
    public void Initializers_are_measured_where_they_do_more_than_move_values()
    {
        using var project = new TemporaryProject();
        project.Source(
            "File.cs",
            """
            using HotPathGen;
            [Instrument] class Hot(int n)
            {
                int _moved = n, _constant = 3;
                const string Text = "a" + "b";

                object _new = new(), _other = new();
                static int[] s_array = { 1, 2 };
                string Name { get; } = $"{n}";
                class Nested { int[] _list = [1]; }
                [DoNotInstrument] class Cold { object _new = new(); }
            }
            class Elsewhere { object _new = new(); }
            """
        );
        project.Run();

        string copy = project.CopyText("File.cs");
        copy = Regex.Replace(copy, @"global::HotPathGen\.Runtime\.Prepared\(""\w+"", """", ""(\S+)""\)", "Prepared($1)");
        copy = Regex.Replace(copy, @"global::HotPathGen\.Runtime\.Initializer\.Begin\(\S+?\)", "Begin");
        copy = Regex.Replace(copy, @"global::HotPathGen\.Generated\.HotPathMethods\.C_\w+", "EndsCall");
        string[] lines = [.. copy.Split('\n').SkipWhile(line => !line.Contains("class Hot"))];
        Assert.That(
            lines.Take(11).Select(line => line.Trim()),
            Is.EqualTo(
                (string[])
                    [
                        "[Instrument] class Hot(int n)",
                        "{",
                        "int _moved = n, _constant = 3;",
                        "const string Text = \"a\" + \"b\";",
                        "",
                        "[Prepared(initializers)] object _new = Begin.End<object>(new()), _other = Begin.End<object>(new());",
                        "[Prepared(static-initializers)] static int[] s_array = Begin.End<int[]>(new int[] { 1, 2 }, EndsCall);",
                        "string Name { get; } = Begin.End<string>($\"{n}\", EndsCall);",
                        "class Nested { [Prepared(initializers)] int[] _list = Begin.End<int[]>([1], EndsCall); }",
                        "[DoNotInstrument] class Cold { object _new = new(); }",
                        "}",
                    ]
            )
        );
    }

    [TestCase("[assembly: HotPathGen.Instrument]", "System.Console.WriteLine(1);", "void", "Program.__hotpath_main(args);")]
    [TestCase("[assembly: HotPathGen.Instrument]", "return 1;", "int", "return Program.__hotpath_main(args);")]
    [TestCase(
        "[assembly: HotPathGen.Instrument]",
        "await System.Threading.Tasks.Task.Yield();",
        "global::System.Threading.Tasks.Task",
        "await Program.__hotpath_main(args);"
    )]
    [TestCase(
        "[assembly: HotPathGen.Instrument]",
        "await System.Threading.Tasks.Task.Yield(); return 2;",
        "global::System.Threading.Tasks.Task<int>",
        "return await Program.__hotpath_main(args);"
    )]
    [TestCase("", "System.Console.WriteLine(1);", null, null)]
    public void Top_level_statements_become_a_pair_where_the_assembly_is_hot(string attribute, string statements, string? result, string? call)
    {
        using var project = new TemporaryProject();
        project.Source("File.cs", $"{attribute}\n{statements}\nclass C {{ }}\n");
        project.Run();

        Assert.That(project.Coverage(), Is.Empty);
        Assert.That(project.Copy("File.cs") is null, Is.EqualTo(result is null));
        if (result is not null)
        {
            string copy = project.CopyText("File.cs");
            Assert.That(copy, Does.Contain(call + " partial class Program {"));
            Assert.That(copy, Does.Contain($"private static partial {result} __hotpath_main(string[] args);"));
            Assert.That(copy, Does.Contain($"{statements} }} }}\nclass C"));
        }
    }

    [Test]
    public void Top_level_statements_that_pass_their_name_on_are_listed()
    {
        using var project = new TemporaryProject();
        string path = project.Source(
            "File.cs",
            """
            [assembly: HotPathGen.Instrument]
            C.Take();
            static class C { [HotPathGen.DoNotInstrument] public static void Take([System.Runtime.CompilerServices.CallerMemberName] string n = "") { } }
            """
        );
        project.Run();

        Assert.That(project.Coverage().Select(method => string.Join(' ', method[..3])), Is.EqualTo((string[])[$"{path} 2 top-level statements"]));
    }

    [Test]
    public void Lambdas_that_nobody_can_bind_are_listed()
    {
        const string Reason = "the compiler does not say what it returns; give it braces, or let it call a method";
        using var project = new TemporaryProject();
        string path = project.Source(
            "File.cs",
            """
            using System;
            [HotPathGen.Instrument] struct C
            {
                C(int n)
                {
                    Func<object> made = () => new object();
                    Func<int> moved = () => n;
                    Func<Func<object>> nested = () => () => new object();
                    string Local() => n.ToString();
                    Func<string> braced = () => { return Local(); };
                }
                void Pair() { Func<object> made = () => new object(); }
            }
            """
        );
        project.Run();

        Assert.That(
            project.Coverage().Select(method => string.Join(' ', method)),
            Is.EqualTo((string[])[$"{path} 6 C.lambda {Reason}", $"{path} 8 C.lambda {Reason}", $"{path} 8 C.lambda {Reason}"])
        );
    }

    [Test]
    public void A_name_taker_of_a_reference_keeps_a_method_in_place()
    {
        using var project = new TemporaryProject();
        project.Source(
            "File.cs",
            "class C { [HotPathGen.Instrument] void M(System.Diagnostics.ActivitySource s) { s.StartActivity(); } [HotPathGen.Instrument] void "
                + "N() { } }"
        );
        project.References.Add(typeof(System.Diagnostics.ActivitySource).Assembly.Location);
        project.Run();

        Assert.That(project.CopyText("File.cs"), Does.Contain("N__plain").And.Not.Contain("M__plain"));
    }

    [TestCase("Taken t = new();")]
    [TestCase("_ = new Taken();")]
    [TestCase("_ = new N.Taken { };")]
    [TestCase("this.Take();")]
    [TestCase("Take<int>();")]
    [TestCase("C? c = this; c?.Take();")]
    [TestCase("c!.Take();")]
    [TestCase("System.Action a = () => Take();")]
    [TestCase("void L() { Take(); }")]
    [TestCase("_ = new Bag { 1 };")]
    [TestCase("Bag b = [1];")]
    [TestCase("_ = this[1];")]
    [TestCase("_ = from x in this select x;")]
    [TestCase("_ = this[^1];")]
    [TestCase("_ = this is [1, ..];")]
    [TestCase("Write($\"text {c}\");")]
    [TestCase("foreach (var x in new Steps()) { }")]
    [TestCase("using (new Scope()) { }")]
    [TestCase("using var scope = new Scope();")]
    [TestCase("System.Action a = async () => await new Steps();")]
    [TestCase("var (a, b) = new Steps();")]
    [TestCase("_ = new Steps() is (1, 2);")]
    public void A_body_that_passes_its_name_stays_where_it_is(string body)
    {
        using var project = new TemporaryProject();
        project.Source(
            "File.cs",
            $$"""
            using System.Runtime.CompilerServices;
            class C
            {
                C? c;
                [HotPathGen.Instrument] void M() { {{body}} }
                [HotPathGen.Instrument] void Other() { _ = new object(); }
                void Take([CallerMemberName] string n = "") { }
                void Take<T>([CallerMemberName] string n = "") { }
                int this[int n, [CallerMemberName] string m = ""] => n;
                int Select<T>(System.Func<int, T> f, [CallerMemberName] string m = "") => 1;
            }
            [InterpolatedStringHandler] struct Line { public Line(int literal, int holes, [CallerMemberName] string n = "") { } }
            class Steps { public void Deconstruct(out int a, out int b, [CallerMemberName] string n = "") => a = b = 1; }
            struct Scope { public void Dispose([CallerMemberName] string n = "") { } }
            static class More
            {
                public static System.Collections.IEnumerator GetEnumerator(this Steps s, [CallerMemberName] string n = "") => null!;
                public static TaskAwaiter GetAwaiter(this Steps s, [CallerMemberName] string n = "") => default;
            }
            class Taken { public Taken([CallerMemberName] string n = "") { } }
            class Bag { public void Add(int n, [CallerMemberName] string m = "") { } }
            """
        );
        project.Run();

        Assert.That(project.CopyText("File.cs"), Does.Not.Contain("M__plain").And.Contain("Other__plain"));
    }

    [TestCase("Take();")]
    [TestCase("Take(1, 2, 3);")]
    [TestCase("Named(1); Named(1, \"\", 3);")]
    [TestCase("_ = new Taken(); _ = new Taken(1, 2);")]
    [TestCase("Taken t = new(); t = new(1, 2);")]
    public void A_body_that_calls_a_namesake_with_another_number_of_arguments_is_split(string body)
    {
        using var project = new TemporaryProject();
        project.Source(
            "File.cs",
            $$"""
            using System.Runtime.CompilerServices;
            class C
            {
                [HotPathGen.Instrument] void M() { {{body}} }
                void Take() { }
                void Take(int a, [CallerMemberName] string n = "") { }
                void Take(int a, int b, int c) { }
                void Named(int a) { }
                void Named(int a, string b, [CallerMemberName] string n = "") { }
                void Named(int a, string b, int c) { }
            }
            class Taken
            {
                public Taken() { }
                public Taken(int a, [CallerMemberName] string n = "") { }
                public Taken(int a, int b) { }
            }
            """
        );
        project.Run();

        Assert.That(project.CopyText("File.cs"), Does.Contain("M__plain"));
    }

    [TestCase("this.Ext();")]
    [TestCase("More.Ext(this);")]
    [TestCase("this.Block();")]
    [TestCase("More.Block(this);")]
    [TestCase("Any(1, 2, 3);")]
    public void A_body_that_passes_its_name_to_an_extension_or_beside_many_arguments_stays_where_it_is(string body)
    {
        using var project = new TemporaryProject();
        project.Source(
            "File.cs",
            $$"""
            using System.Runtime.CompilerServices;
            class C
            {
                [HotPathGen.Instrument] void M() { {{body}} }
                void Any(int a, [CallerMemberName] string n = "", params int[] rest) { }
            }
            static class More
            {
                public static void Ext(this C c, [CallerMemberName] string n = "") { }
                extension(C c)
                {
                    public void Block([CallerMemberName] string n = "") { }
                }
            }
            """
        );
        project.Run();

        Assert.That(project.CopyText("File.cs"), Does.Not.Contain("M__plain"));
    }

    [TestCase("System.Text.StringBuilder b = new(17); Create(1); Hidden(1);", "Other", true)]
    [TestCase("System.Text.StringBuilder b = new(17);", "File", false)]
    [TestCase("Create(1);", "File", false)]
    [TestCase("Hidden(1);", "File", true)]
    [TestCase("Seen(1);", "Other", false)]
    [TestCase("Seen(1, 2, 3);", "Other", true)]
    [TestCase("_ = new Generic<int>(1, 2);", "Other", false)]
    [TestCase("new System.Diagnostics.ActivitySource(\"a\").StartActivity();", "Other", false)]
    public void Only_methods_of_references_that_a_project_can_call_count(string body, string friend, bool isSplit)
    {
        using var project = new TemporaryProject();
        project.References.Add(typeof(System.Diagnostics.ActivitySource).Assembly.Location);
        project.References.Add(Library(project, friend));
        project.Source("File.cs", $$"""class C { [HotPathGen.Instrument] void M() { {{body}} } }""");
        project.Arguments.Add("/out:File.dll");
        project.Run();

        Assert.That(project.CopyText("File.cs").Contains("M__plain", System.StringComparison.Ordinal), Is.EqualTo(isSplit));
    }

    private static string Library(TemporaryProject project, string friend)
    {
        const string Name = "[System.Runtime.CompilerServices.CallerMemberName] string n = \"\"";
        var tree = CSharpSyntaxTree.ParseText(
            $$"""
            [assembly: System.Runtime.CompilerServices.InternalsVisibleTo("{{friend}}")]
            public class Public { internal Public(int a, {{Name}}) { } protected void Seen(int a, {{Name}}) { } private void Hidden(int a, {{Name}}) { } }
            class Internal { public static void Create(int a, {{Name}}) { } class Inner { public void Hidden(int a, {{Name}}) { } } }
            public class Generic<T> { public Generic(T a, T b, {{Name}}) { } }
            """
        );
        string path = Path.Combine(project.Folder, "Library.dll");
        var emitted = CSharpCompilation
            .Create("Library", [tree], [MetadataReference.CreateFromFile(typeof(object).Assembly.Location)], new(OutputKind.DynamicallyLinkedLibrary))
            .Emit(path);
        Assert.That(emitted.Diagnostics, Is.Empty);
        return path;
    }
}
