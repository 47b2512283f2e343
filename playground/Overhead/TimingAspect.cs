using System.Diagnostics;
using AspectInjector.Broker;

namespace Overhead;

/// <summary>The aspect that AspectInjector's own documentation shows for timing. It is of the kind Around, with the target as a delegate.</summary>
[Aspect(Scope.Global)]
[Injection(typeof(TimedAttribute))]
[AttributeUsage(AttributeTargets.Method)]
public sealed class TimedAttribute : Attribute
{
    private static long s_ticks;

    [Advice(Kind.Around, Targets = Target.Method)]
    public object Time([Argument(Source.Arguments)] object[] arguments, [Argument(Source.Target)] Func<object[], object> target)
    {
        ArgumentNullException.ThrowIfNull(target);
        long start = Stopwatch.GetTimestamp();
        object result = target(arguments);
        Interlocked.Add(ref s_ticks, Stopwatch.GetTimestamp() - start);
        return result;
    }
}
