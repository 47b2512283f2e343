using Microsoft.CodeAnalysis;

namespace HotPathGen.Generator.Pipeline;

/// <summary>Does one thing with many items. It uses all processors if the compiler does so, too.</summary>
internal static class Workers
{
    public static TResult[] Do<T, TResult>(Compilation compilation, T[] items, Func<T, TResult> step, CancellationToken cancellation)
    {
        var results = new TResult[items.Length];
        if (!compilation.Options.ConcurrentBuild)
        {
            for (int i = 0; i < items.Length; i++)
            {
                results[i] = step(items[i]);
            }

            return results;
        }

        try
        {
            Parallel.For(0, items.Length, new() { CancellationToken = cancellation }, i => results[i] = step(items[i]));
        }
        catch (AggregateException several)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Capture(several.InnerExceptions[0]).Throw();
        }

        return results;
    }
}
