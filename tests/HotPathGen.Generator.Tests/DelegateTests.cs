using System.Text.RegularExpressions;

namespace HotPathGen.Generator.Tests;

/// <summary>
/// A program may compare a delegate with one from an earlier call. If the delegate is the same in every call, only one body makes it, in calls that
/// probe and in calls that do not.
/// </summary>
public sealed class DelegateTests
{
    // Any other body asks the frame as well.
    private const string Always = @"Frame\.MayProbe(?! &&)";

    [TestCase("static Func<int, int> F() => static x => x;", true)]
    [TestCase("static Func<int, int> F() => x => x;", true)]
    [TestCase("static Func<int, int> F(bool b) => b ? x => x : null!;", true)]
    [TestCase("static Func<string, string> F() => string.Intern;", true)]
    [TestCase("static Action F() { return L; static void L() { } }", true)]
    [TestCase("int _n; Func<int> F() => () => _n;", true)]
    [TestCase("static event Action? E; static void F() { E += () => { }; }", true)]
    [TestCase("static void F(List<Action> l) => l.Add(() => { });", true)]
    [TestCase("static int Own(Func<int, int> f) => f(1); static int F() => Own(x => x);", true)]
    [TestCase("static Func<int, int> F() { Func<int, int> f = x => x; return f; }", true)]
    [TestCase("static object F() { Func<int, int> f = x => x; return f.GetType() == null ? 1 : f; }", true)]
    [TestCase("static Func<int> F(int n) => () => n;", false)]
    [TestCase("static Func<int> F(int n) { return L; int L() => n; }", false)]
    [TestCase("static object F(List<int> l) => l.Select(x => x + 1).ToList();", false)]
    [TestCase("static object F(List<int> l) { l.Sort((a, b) => a - b); return l; }", false)]
    [TestCase("static object F() { Func<int, object> f = x => x; return f(1); }", false)]
    [TestCase("static object F(List<int> l) { Func<int, int> f = x => x + 1; return l.Select(f).ToList(); }", false)]
    [TestCase("static object F(int n) => Task.Run(() => 1);", false)]
    public void A_body_whose_delegates_are_the_same_in_every_call_is_the_only_one(string member, bool always)
    {
        var build = Build.Measured("public class Sample { " + Mark(member) + " }").MustCompile();

        Assert.That(build.Print(), Does.Contain("F__probing"));
        Assert.That(Regex.IsMatch(build.Print(), Always), Is.EqualTo(always));
    }

    [TestCase("static Func<int, int> F() => static x => x;")]
    [TestCase("static Func<int, string> F() => static x => \"a\" + x;")]
    [TestCase("static Func<int, Task<string>> F() => static async x => { await Task.Yield(); return \"a\" + x; };")]
    [TestCase(
        "static object F() => G().Result; [Instrument] static async Task<Func<int, string>> G() { await Task.Yield(); return static x => \"a\" + x; }"
    )]
    [NonParallelizable]
    public void They_are_the_same_at_every_level(string member)
    {
        const string run = """
            public static string Run()
            {
                var made = new List<object>();
                foreach (var level in Enum.GetValues<HotPath.RecordingDetail>())
                {
                    HotPath.Detail = level;
                    made.Add(F());
                }

                return $"{made.Distinct().Count()}";
            }
            """;
        var build = Build.Of(new(["public class Sample { " + Mark(member) + run + " }"]) { IsMeasured = true, Name = Project.UniqueName() });
        using var sample = build.MustCompile().Load();
        try
        {
            Assert.That(sample.Run(), Is.EqualTo("1"));
        }
        finally
        {
            HotPath.Detail = HotPath.RecordingDetail.Full;
            HotPath.Reset(); // Otherwise, the figures of other tests would be estimates.
        }
    }

    [Test]
    [NonParallelizable]
    public void Async_copies_give_the_same_results_at_every_level()
    {
        const string source = """
            public class Sample
            {
                [Instrument] static async IAsyncEnumerator<int> Steps() { await Task.Yield(); yield return 9; }
                [Instrument] static async ValueTask<int> Value(int n) { await Task.Yield(); return n; }
                [Instrument] static async Task<int> Fails() { await Task.Yield(); throw new InvalidOperationException("f"); }

                public static string Run()
                {
                    string said = "";
                    foreach (var level in Enum.GetValues<HotPath.RecordingDetail>())
                    {
                        HotPath.Detail = level;
                        said += All().Result + " ";
                    }

                    return said;
                }

                static async Task<string> All()
                {
                    string said = "";
                    await using (var steps = Steps()) while (await steps.MoveNextAsync()) said += steps.Current;
                    said += await Value(21);
                    try { await Fails(); } catch (InvalidOperationException e) { said += e.Message; }
                    return said;
                }
            }
            """;
        using var sample = Build.Of(new([source]) { IsMeasured = true, Name = Project.UniqueName() }).MustCompile().Load();
        try
        {
            Assert.That(sample.Run(), Is.EqualTo("921f 921f 921f 921f "));
        }
        finally
        {
            HotPath.Detail = HotPath.RecordingDetail.Full;
            HotPath.Reset(); // Otherwise, the figures of other tests would be estimates.
        }
    }

    private static string Mark(string member)
    {
        int start = member.LastIndexOf(';', member.IndexOf(" F(", StringComparison.Ordinal)) + 1;
        return member.Insert(start, " [Instrument] ");
    }
}
