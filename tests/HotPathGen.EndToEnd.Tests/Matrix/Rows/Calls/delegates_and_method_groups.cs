// attribute: F=6:pair G=1:pair Twice=1:pair Generic=1:pair Raise=1:pair
using System.Reflection;

namespace Rows.Calls.delegates_and_method_groups;

public sealed class Sample
{
    [Instrument] static int F(int x) => x + 1;

    [Instrument] int G(int x) => x + 2;

    [Instrument] static T Generic<T>(T x) => x;

    [Instrument] static void Raise(Action<int>? all) => all?.Invoke(1);

    public static string Run()
    {
        Func<int, int> direct = F, again = F, lambda = x => F(x), instance = new Sample().G, generic = Generic, extension = 3.Twice;
        int sum = 0;
        Action<int> multicast = x => sum += F(x);
        multicast += x => sum += F(x) * 10;
        Raise(multicast);
        var open = typeof(Sample).GetMethod(nameof(F), BindingFlags.NonPublic | BindingFlags.Static)!.CreateDelegate<Func<int, int>>();
        return $"{direct(1)} {lambda(1)} {instance(1)} {generic(1)} {extension(1)} {sum} {open(1)} {new[] { 1 }.Select(F).Single()} {direct == again} {direct.Equals(open)} "
            + $"{direct.Method.Name} {instance.Method.Name} {generic.Method} {extension.Method.Name} {direct.Target is null} {instance.Target is Sample}";
    }
}

public static class Extensions
{
    [Instrument] public static int Twice(this string text, int x) => x * 2;

    [Instrument] public static int Twice(this object number, int x) => (int)number * x;
}
