using System.Reflection;

namespace Allocations;

/// <summary>A method and the bytes that it allocates in a call.</summary>
internal sealed class Measured(string kind, string name, Func<int, int> call)
{
    private const int Calls = 1000;

    public string Kind => kind;

    public string Name => name;

    /// <summary>The bytes of a call: the least of three rounds, because a collection can empty caches of the runtime.</summary>
    public double Bytes { get; private set; }

    public static IReadOnlyList<Measured> All() =>
        [
            .. from type in typeof(Measured).Assembly.GetTypes()
            where type.Namespace == "Allocations.Methods" && type is { IsAbstract: true, IsSealed: true, IsNested: false }
            from method in type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
            where method.ReturnType == typeof(int) && method.GetParameters() is [{ ParameterType: var parameter }] && parameter == typeof(int)
            orderby type.Name, method.MetadataToken
            select new Measured(type.Name, method.Name, method.CreateDelegate<Func<int, int>>()),
        ];

    public int Run()
    {
        int sum = 0;
        for (int i = 0; i < Calls; i++)
        {
            sum += call(i);
        }

        return sum;
    }

    public void Measure()
    {
        Bytes = Enumerable
            .Range(0, 3)
            .Min(_ =>
            {
                Run();
                long before = GC.GetAllocatedBytesForCurrentThread();
                Run();
                return (GC.GetAllocatedBytesForCurrentThread() - before) / (double)Calls;
            });
    }
}
