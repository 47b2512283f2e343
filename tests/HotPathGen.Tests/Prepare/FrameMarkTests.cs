namespace HotPathGen.Tests.Prepare;

/// <summary>A frame records how its body was left: every way except an exception is a completion.</summary>
public sealed class FrameMarkTests
{
    [TestCase("[Instrument] static void M(int n) { if (n == 0) throw new E(); }")]
    [TestCase("[Instrument] static int M(int n) => n == 0 ? throw new E() : n;")]
    [TestCase("static void M(int n) { L(); [Instrument] void L() { if (n == 0) throw new E(); } }")]
    [TestCase("static void M(int n) { L(); [Instrument] int L() => n == 0 ? throw new E() : n; }")]
    [TestCase("static void M(int n) { L(); [Instrument] int L() { if (n == 0) throw new E(); return n; } }")]
    [TestCase("static void M(int n) { L(); [Instrument] void L() { if (n == 1) return; throw new E(); } }")]
    [TestCase("static void M(int n) { L(); [Instrument] int L() { try { if (n == 0) throw new E(); return n; } finally { n++; } } }")]
    [TestCase("static void M(int n) { L(); [Instrument] int L() { switch (n) { case 1: return 2; default: throw new E(); } } }")]
    [TestCase("static void M(int n) { L(); [Instrument] object L() { if (n == 0) throw new E(); return (System.Func<int>)(() => { return 1; }); } }")]
    [TestCase("static void M(int n) { _ = new C(n); } [Instrument] C(int n) { if (n == 1) return; throw new E(); }")]
    [TestCase("static void M(int n) { _ = new C(n); } [Instrument] C(int n) => N = n == 0 ? throw new E() : n; int N;")]
    [TestCase("static void M(int n) { _ = new C()[n]; } [Instrument] int this[int n] => n == 0 ? throw new E() : n;")]
    [TestCase("static void M(int n) { new C().P = n; } int P { [Instrument] set { if (value == 0) throw new E(); } }")]
    [TestCase("static void M(int n) { new C().P = n; } int P { [Instrument] set => _ = value == 0 ? throw new E() : value; }")]
    [TestCase(
        "static void M(int n) { _ = new C() + n; } [Instrument] public static C operator +(C c, int n) { if (n == 0) throw new E(); return c; }"
    )]
    [TestCase(
        "static void M(int n) { foreach (int i in new C().P(n)) { } } [Instrument] System.Collections.Generic.IEnumerable<int> P(int n) => n == "
            + "0 ? throw new E() : [];"
    )]
    public void A_frame_is_marked_completed_unless_an_exception_left_it(string members)
    {
        using var project = new TemporaryProject();
        project.Source(
            "File.cs",
            $"using HotPathGen; class E : System.Exception; class C {{ C() {{ }} {members} public static void Run(int n) => M(n); }} static "
                + $"class Sample {{ public static string Run() {{ C.Run(1); try {{ C.Run(0); }} catch (E) {{ }} return \"\"; }} }}"
        );

        Assert.That(ProjectBuild.Measured(project).Run().Journal.Select(line => line[0]), Is.EqualTo("+-+!"));
    }
}
