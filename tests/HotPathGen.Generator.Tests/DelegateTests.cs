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

    private static string Mark(string member)
    {
        int start = member.LastIndexOf(';', member.IndexOf(" F(", StringComparison.Ordinal)) + 1;
        return member.Insert(start, " [Instrument] ");
    }
}
