using System.Text.Json;

namespace HotPathGen.Generator.Tests;

/// <summary>
/// What the initializers of fields and properties allocate is in the row of the constructor that runs them, byte for byte, and a measured program
/// does what it does in production.
/// </summary>
public sealed class InitializerTests
{
    // An array takes 24 bytes and its elements, an object 16 and its fields. So one of these arrays takes 128 bytes.
    private const string Members = """
            public static byte[] Make() => new byte[104];
            public static byte[] Fail() => throw new InvalidOperationException("no");
            public static object? Kept;
            public static void Keep(object o) => Kept = o;
            public static Action Of(object o) => () => o.ToString();
        """;

    [TestCase("a field", "class C { byte[] a = Make(); }", "new C()", "C.new() 1 128")]
    [TestCase("two fields", "class C { byte[] a = new byte[104], b = new byte[104]; }", "new C(), new C()", "C.new() 2 512")]
    [TestCase("a property", "class C { public byte[] A { get; set; } = new byte[104]; }", "new C()", "C.new() 1 128")]
    [TestCase("an event", "class C { public event Action A = Of(Make()); public void Use() => A(); }", "new C()", "C.new() 1 216")]
    [TestCase("an array initializer", "class C { byte[]? a = { 1, 2 }; int[,] b = { { 1, 2 }, { 3, 4 } }; }", "new C()", "C.new() 1 88")]
    [TestCase(
        "target-typed values",
        "class C { List<byte[]> a = [Make()]; Dictionary<int, int> b = new(); object? c = new byte[104]; }",
        "new C()",
        "C.new() 1 400"
    )]
    [TestCase("nothing but values", "class C { public int A = 3; public string? B = null, D = \"c\"; }", "new C()", "")]
    [TestCase("a written constructor", "class C { byte[] a = Make(); public C() { Keep(Make()); } }", "new C()", "C.new() 1 256")]
    [TestCase(
        "a constructor that moves values",
        "class C { byte[] a = Make(); int n; public C(int n) { this.n = n; } }",
        "new C(1)",
        "C.new(int) 1 128"
    )]
    [TestCase(
        "constructors in a chain",
        "class C { byte[] a = Make(); public C() : this(2) { Keep(Make()); } public C(int n) { Keep(Make()); Keep(Make()); } }",
        "new C()",
        "C.new() 1 128,C.new(int) 1 384"
    )]
    [TestCase(
        "several constructors",
        "class C { byte[] a = Make(); public C() { Keep(Make()); } public C(int n) { Keep(Make()); Keep(Make()); } }",
        "new C(), new C(1)",
        "C.<initializers> 2 256,C.new() 1 128,C.new(int) 1 256"
    )]
    [TestCase(
        "a base type",
        "class B { byte[] a = Make(); public B() { Keep(Make()); } } class C : B { byte[] b = Make(); byte[] c = Make(); }",
        "new C()",
        "B.new() 1 256,C.new() 1 256"
    )]
    [TestCase("a primary constructor", "class C(int n) { byte[] a = new byte[n]; byte[] b = Make(); }", "new C(104)", "C.new(int) 1 256")]
    [TestCase("a record", "record C(int N) { public byte[] A { get; init; } = new byte[N]; }", "new C(104) with { N = 1 }", "C.new(int) 1 128")]
    [TestCase(
        "a record that copies",
        "record C { public byte[] A { get; } = Make(); public C() { } protected C(C other) { A = other.A; } }",
        "new C() with { }",
        "C.new() 1 128"
    )]
    [TestCase("a struct", "struct C { byte[] a = Make(); public C() { } }", "new C()", "C.new() 1 128")]
    [TestCase("a ref struct", "ref struct C { Span<byte> a = Make(); public C() { } public int N => a.Length; }", "new C().N", "C.new() 1 128")]
    [TestCase("a generic type", "class C<T> { T[] a = new T[104]; }", "new C<byte>(), new C<byte>()", "C<T>.new() 2 256")]
    [TestCase("a static field", "class C { public static byte[] A = Make(); public static byte[] B { get; } = Make(); }", "C.A", "C.static() 1 256")]
    [TestCase("a static constructor", "class C { public static byte[] A = Make(); static C() { Keep(Make()); } }", "C.A", "C.static() 1 256")]
    [TestCase("a static field of a generic type", "class C<T> { public static byte[] A = Make(); }", "C<int>.A, C<long>.A", "C<T>.static() 2 256")]
    [TestCase("a static field of an interface", "interface C { static byte[] A = Make(); }", "C.A", "C.static() 1 128")]
    [TestCase(
        "an object within",
        "class C { C? next = s_left-- > 0 ? new C() : null; byte[] a = Make(); static int s_left = 2; }",
        "new C()",
        "C.new() 3 448"
    )]
    [TestCase(
        "a hot callee",
        "class C { object a = Hot.Make(); object b = Make(); } class Hot { [Instrument] public static object Make() => Sample.Make(); }",
        "new C()",
        "C.new() 1 128,Hot.Make() 1 128"
    )]
    [TestCase(
        "an exception",
        "class C { byte[] a = Make(); byte[] b = Fail(); byte[] c = Make(); }",
        "Try(() => new C()), Try(() => new C())",
        "C.new() 0 256"
    )]
    [TestCase(
        "a member that is left out",
        "class C { [DoNotInstrument] public byte[] A { get; } = Make(); byte[] b = Make(); }",
        "new C()",
        "C.new() 1 128"
    )]
    [TestCase("a constructor that is left out", "class C { byte[] a = Make(); [DoNotInstrument] public C() { } }", "new C()", "")]
    [TestCase("a pattern", "class C { bool a = (Kept = Make()) is byte[] { Length: var n } && n > 3; }", "new C()", "C.new() 1 128")]
    [TestCase("a nested type", "class C { class D { byte[] a = Make(); } object b = new D(); }", "new C()", "C.D.new() 1 128,C.new() 1 24")]
    public void The_constructor_owns_what_initializers_allocate(string form, string types, string values, string rows)
    {
        string marked = types.Replace("class C", "[Instrument] class C", StringComparison.Ordinal);
        foreach (string kind in (string[])["class B", "record C", "struct C", "interface C"])
        {
            marked = marked.Replace(kind, "[Instrument] " + kind, StringComparison.Ordinal);
        }

        string source = $$"""
            using static Sample;
            {{marked.Replace("ref [Instrument] struct", "[Instrument] ref struct", StringComparison.Ordinal)}}
            public static class Sample
            {
            {{Members}}
                public static object? Try(Func<object> make) { try { return make(); } catch (InvalidOperationException e) { return e.Message; } }
                [Instrument] static string Hot() => string.Join("+", new object?[] { {{values}} });
                public static string Run() => Hot();
            }
            """;
        Verify(form, [source], rows);
    }

    [TestCase(
        "a static field",
        "[Instrument] class C { public static Func<int, object> F = x => Make(); }",
        "C.F(1), C.F(2)",
        "C.F.initializer 1,C.F.lambda:2 2,C.static() 1"
    )]
    [TestCase(
        "a property",
        "[Instrument] class C { public Func<int, object> F { get; } = x => { if (x > 1) return Make(); return Make(); }; }",
        "new C().F(1), new C().F(2)",
        "C.F.initializer 2,C.F.lambda:2 2,C.new() 2"
    )]
    [TestCase(
        "an array of actions",
        "[Instrument] class C { static int s_n; public static Action[] F = { () => s_n += Make().Length, delegate { Make(); } }; public static int Get() { foreach (var f in F) f(); return s_n; } }",
        "C.Get()",
        "C.F.initializer 1,C.F.lambda:2 1,C.F.lambda:2 1,C.Get() 1,C.static() 1"
    )]
    [TestCase(
        "within a call, and a value beside it",
        "[Instrument] class C<T> { public byte[] A = Make(), B = new[] { 1 }.Select(x => Make()[x]).ToArray(); }",
        "new C<int>().B.Length",
        "C<T>.B.initializer 1,C<T>.B.lambda:2 Select 1,C<T>.new() 1"
    )]
    [TestCase(
        "an async lambda",
        "[Instrument] class C { public static Func<Task<int>> F = async () => { await Task.Yield(); return Make().Length; }; }",
        "C.F().Result",
        "C.F.initializer 1,C.F.lambda:2 1,C.static() 1"
    )]
    [TestCase(
        "a primary constructor that it does not use",
        "[Instrument] class C(int n) { public Func<object> F = () => Make(); public int N = n; }",
        "new C(1).F()",
        "C.F.initializer 1,C.F.lambda:2 1,C.new(int) 1"
    )]
    [TestCase(
        "a parameter of the primary constructor",
        "[Instrument] class C(int n) { public Func<object> F = () => Make()[n]; }",
        "new C(1).F()",
        "C.F.lambda:2 1,C.new(int) 1"
    )]
    [TestCase(
        "a marked lambda in a type that is not hot",
        "class C { public static Func<int, object> F = [Instrument] (x) => Make(); }",
        "C.F(1)",
        "C.F.initializer 1,C.F.lambda:2 1"
    )]
    [TestCase(
        "an expression tree",
        "[Instrument] class C { public static System.Linq.Expressions.Expression<Func<object>> F = () => Make(); }",
        "C.F",
        "C.static() 1"
    )]
    public void Lambdas_in_initializers_have_rows(string form, string types, string values, string rows) =>
        Verify(
            form,
            [
                $$"""
                using static Sample;
                {{types}}
                public static class Sample
                {
                {{Members}}
                    [Instrument] static string Hot() => string.Join("+", new object?[] { {{values}} });
                    public static string Run() => Hot();
                }
                """,
            ],
            rows,
            withBytes: false
        );

    [Test]
    public void All_parts_of_a_type_have_one_row() =>
        Verify(
            "parts",
            [
                "[Instrument] public partial class C { byte[] a = new byte[104]; public static byte[] S = new byte[104]; }",
                "public partial class C { byte[] b = new byte[104]; }",
                """
                public static class Sample { [Instrument] static string Hot() => $"{new C()}{new C()}{C.S}"; public static string Run() => Hot(); }
                """,
            ],
            "C.new() 2 512,C.static() 1 128"
        );

    [Test]
    public void A_constructor_in_another_part_has_the_row() =>
        Verify(
            "parts",
            [
                "[Instrument] public partial class C { byte[] a = new byte[104]; }",
                "public partial class C { byte[] b = new byte[104]; public C() { b = new byte[104]; } }",
                """
                public static class Sample { [Instrument] static string Hot() => $"{new C()}{new C()}"; public static string Run() => Hot(); }
                """,
            ],
            "C.new() 2 768"
        );

    [Test]
    public void A_marked_constructor_has_its_initializers_measured() =>
        Verify(
            "marked",
            [
                """
                public class C { byte[] a = new byte[104]; static byte[] s = new byte[104]; [Instrument] public C() { } }
                public static class Sample { [Instrument] static string Hot() => $"{new C()}{new C()}"; public static string Run() => Hot(); }
                """,
            ],
            "C.new() 2 256"
        );

    [Test]
    public void Every_form_of_an_initializer_compiles_and_answers_as_in_production()
    {
        const string source = """
            using System.Runtime.CompilerServices;
            public enum Color { Red, Blue }
            public delegate ref int RefGet(int[] all);
            public interface IShape { static List<int> All = new() { 1, 2 }; static Func<int, string> Name = x => { return "n" + x; }; string P { get; } }
            public abstract class Base<T> where T : new()
            {
                protected T Made = new T();
                protected T? Empty { get; } = default(T);
                public static Func<T> Maker = () => new T();
                public Lazy<T> Later { get; } = new(() => new T());
                protected class Inner { public T[] All = { new(), new() }; public static Func<T[], int> Count = all => all.Select(t => t!.GetHashCode() * 0 + 1).Sum(); }
                public string Sizes() => $"{new Inner().All.Length} {Inner.Count(new Inner().All)} {Maker() is not null} {Later.Value is not null}";
            }
            public class Everything : Base<object>, IShape
            {
                const string Text = "t" + "u";
                public static string? GetNullable() => "n";
                public static int Twice(int n, [CallerMemberName] string? name = null) => n * 2 + name!.Length;
                static ref int First(int[] all) => ref all[0];
                public string Forced = GetNullable()!;
                public string? Nullable = GetNullable(), Second = GetNullable() + "2";
                public object Boxed = (object)("b" + 1), Other = 5;
                (int A, string B) _tuple = (1, "x" + 1);
                Func<int, string?, int> _group = Twice;
                int[] _spread = [.. new[] { 1, 2 }, 3];
                Dictionary<string, int[]> _map = new() { ["a"] = [1], ["b"] = new int[2] };
                dynamic _dynamic = new System.Dynamic.ExpandoObject();
                dynamic _sum = ((dynamic)1) + 1;
                object _length = ((dynamic)"abc").Length;
                IEnumerable<int> _query = from x in new[] { 1, 2 } where x > 1 select x + 1;
                FormattableString _format = $"{1}{Text}";
                IFormattable _formattable = $"{2}";
                static readonly byte[] s_utf8 = "abc"u8.ToArray();
                int? _lifted = int.TryParse("7", out var parsed) ? parsed : null;
                long _widened = Twice(3), _named = nameof(Twice).Length;
                Color _color = Enum.Parse<Color>("Blue");
                unsafe int*[] _pointers = new int*[2];
                unsafe delegate*<int, string?, int> _pointer = &Twice;
                int _stack = Sum(stackalloc int[] { 1, 2 });
                static int Sum(Span<int> all) => all.Length;
                string _thrown = GetNullable() ?? throw new InvalidOperationException();
                Type _type = typeof(Dictionary<,>).MakeGenericType(typeof(int), typeof(string));
                [ThreadStatic] static List<int>? t_list = new();
                volatile object _volatile = new();
                string IShape.P { get; } = "p" + Text;
                public required string Required { get; init; } = "r" + Text;
                public int Checked { get; set => field = value + 1; } = checked(Twice(1) + 1);
                public event Action? Raised = () => { Console.Write(""); };
                unsafe static Func<int> s_unsafe = () => { int* p = null; return Twice(p is null ? 1 : 2); };
                static Func<int> s_first = () => Twice(1), s_second = () => Twice(2);
                static Func<int, int> s_fibonacci = n => n < 2 ? Twice(n) : s_fibonacci!(n - 1) + s_fibonacci(n - 2);
                static Func<int>? @class = () => Twice(4);
                static RefGet s_ref = (int[] all) => ref First(all);
                static Action<int>[] s_actions = [x => Twice(x), delegate (int x) { Twice(x); }];
                static Dictionary<string, Func<int, object>> s_table = new() { ["a"] = x => "a" + x, ["b"] = x => { return new[] { x }; } };
                static object s_switch = Text.Length switch { 2 => (Func<int>)(() => Twice(5)), _ => new object() };
                static Func<string, Task<string>> s_async = async text => { await Task.Yield(); return text + "!"; };
                static System.Linq.Expressions.Expression<Func<int, int>> s_tree = x => Twice(x, "m");
                public override unsafe string ToString() => string.Join(" ", Forced, Nullable, Second, Boxed, Other, _tuple, _group(1, "g"), _spread.Length,
                    _map["b"].Length, _dynamic is not null, _sum, _length, string.Join("", _query), _format, _formattable, s_utf8.Length, _lifted, _widened,
                    _named, _color, _pointers.Length, _pointer(1, "f"), _stack, _thrown, _type, t_list?.Count, _volatile is not null, ((IShape)this).P,
                    Required, Checked, s_unsafe(), s_first(), s_second(), s_fibonacci(5), @class?.Invoke(), s_ref([4]), s_actions.Length, s_table["a"](1),
                    s_table["b"](1), ((Func<int>)s_switch)(), s_async("a").Result, s_tree, IShape.All.Count, IShape.Name(3), Sizes(), Made, Empty)
                    + Run2();
                string Run2() { Raised?.Invoke(); foreach (var a in s_actions) a(1); return new Point(3).ToString() + new Holder<int>(4) + new Pair(1, 2) { A = 9 }; }
            }
            public record struct Point(int X) { public int[] A { get; } = [X, 2]; static Func<int, string> s_f = x => "f" + x; public string F => s_f(X); }
            public record Pair(int A, int B) { public string Both { get; } = $"{A}{B}"; public Func<object> Later = () => new object(); public int Sum { get; init; } = Everything.Twice(A); }
            public sealed class Holder<T>(T value) where T : struct
            {
                readonly T[] _all = new[] { value };
                readonly Func<T, string> _print = v => $"<{v}>";
                readonly Func<string> _printed = () => { return $"[{value}]"; };
                public override string ToString() => _print(_all[0]) + _printed();
            }
            file class Local { public static Func<int> F = () => { return new[] { 1 }.Length; }; public byte[] A = new byte[3]; }
            public static class Sample
            {
                static readonly Dictionary<int, Func<string>> s_all = new() { [1] = () => $"{Local.F()}{new Local().A.Length}" };
                public static string Run() => new Everything { Required = "q" }.ToString() + s_all[1]();
            }
            """;
        string Answer(bool measured)
        {
            var project = new Project([source])
            {
                IsMeasured = measured,
                InstrumentsAll = true,
                AllowsUnsafe = true,
                Name = Project.UniqueName(),
            };
            using var sample = Build.Of(project).MustCompile().Load();
            return sample.Run();
        }

        Assert.That(Answer(measured: true), Is.EqualTo(Answer(measured: false)));
    }

    [Test]
    public void A_pointer_says_why_it_is_not_measured()
    {
        var build = Build.Of(
            new(["[Instrument] unsafe class C { static int* s_p = Get(); static int* Get() => null; public int* P => s_p; }"])
            {
                IsMeasured = true,
                AllowsUnsafe = true,
            }
        );

        Assert.That(build.MustCompile().Print(), Does.Contain("the initial value of a pointer cannot be measured"));
    }

    /// <summary>
    /// Runs a sample in a production and in a measured build. Compares the rows, and the bytes that the method <c>Hot</c> has allocated with those of
    /// all rows.
    /// </summary>
    private static void Verify(string form, string[] sources, string rows, bool withBytes = true)
    {
        using var plain = Build.Of(new(sources) { Name = Project.UniqueName() }).MustCompile().Load();
        using var measured = Build.Of(new(sources) { IsMeasured = true, Name = Project.UniqueName() }).MustCompile().Load();

        Assert.That(measured.Run(), Is.EqualTo(plain.Run()), form);

        using var snapshot = JsonDocument.Parse(HotPath.Snapshot());
        var all = snapshot
            .RootElement.GetProperty("methods")
            .EnumerateArray()
            .Where(method => method.GetProperty("assembly").GetString() == measured.Name)
            .Select(static method =>
                (
                    Name: method.GetProperty("name").GetString()!,
                    Calls: method.GetProperty("calls").GetInt64(),
                    Self: method.GetProperty("allocated").GetProperty("selfBytes").GetInt64(),
                    Inclusive: method.GetProperty("allocated").GetProperty("inclusiveBytes").GetInt64()
                )
            )
            .Where(static method => method.Calls > 0 || method.Self > 0)
            .ToList();
        Assert.That(
            string.Join(
                ',',
                all.Where(static method => !method.Name.StartsWith("Sample.Hot", StringComparison.Ordinal))
                    .Select(method => $"{method.Name} {method.Calls}{(withBytes ? $" {method.Self}" : "")}")
                    .Order(StringComparer.Ordinal)
            ),
            Is.EqualTo(rows),
            form
        );
        Assert.That(all.Sum(static method => method.Self), Is.EqualTo(all.Single(static method => method.Name == "Sample.Hot()").Inclusive));
    }
}
