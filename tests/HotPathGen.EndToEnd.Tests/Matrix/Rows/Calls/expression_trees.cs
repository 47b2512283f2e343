// attribute: F=1:pair G=1:pair
using System.Linq.Expressions;

namespace Rows.Calls.expression_trees;

public sealed class Sample
{
    [Instrument] static int F(int x) => x + 1;

    [Instrument] string G<T>(T x) => typeof(T).Name + x;

    public static string Run()
    {
        var sample = new Sample();
        Expression<Func<int, int>> f = x => F(x);
        Expression<Func<Sample, string>> g = s => s.G("a");
        return $"{f} {f.Compile()(1)} {g} {g.Compile()(sample)} {((MethodCallExpression)f.Body).Method.Name}";
    }
}
