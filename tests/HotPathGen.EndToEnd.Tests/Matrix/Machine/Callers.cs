// Compiled twice: as it is, and with Plain in place of Pair and Pairs.
namespace Machine;

internal static class PairCallers
{
    [MethodImpl(MethodImplOptions.NoInlining)] public static int OfInlined(int x) => Pairs.Inlined(x) + 1;
    [MethodImpl(MethodImplOptions.NoInlining)] public static int OfCalled(int x) => Pairs.Called(x) + 1;
    [MethodImpl(MethodImplOptions.NoInlining)] public static int OfInstance(Pairs o, int x) => o.Instance(x) + 1;
    [MethodImpl(MethodImplOptions.NoInlining)] public static int OfInstanceInlined(Pairs o, int x) => o.InstanceInlined(x) + 1;
    [MethodImpl(MethodImplOptions.NoInlining)] public static int OfVirtual(ITotal o, int x) => o.Virtual(x) + 1;
    [MethodImpl(MethodImplOptions.NoInlining)] public static int OfGenericValue(int x) => Pairs.Generic(x) + 1;
    [MethodImpl(MethodImplOptions.NoInlining)] public static int OfGenericReference(Version x) => Pairs.Generic(x) + 1;
    [MethodImpl(MethodImplOptions.NoInlining)] public static int OfByValue(Small x) => Pairs.ByValue(x) + 1;
    [MethodImpl(MethodImplOptions.NoInlining)] public static long OfLargeInlined(Large x) => Pairs.LargeInlined(x) + 1;
    [MethodImpl(MethodImplOptions.NoInlining)] public static long OfLargeCalled(Large x) => Pairs.LargeCalled(x) + 1;
    [MethodImpl(MethodImplOptions.NoInlining)] public static int OfReference(ref int x, Span<int> all) => Pairs.Reference(ref x, all)++;
    [MethodImpl(MethodImplOptions.NoInlining)] public static int OfSpans(Span<int> all, string text) => Pairs.Spans(all, text).Length;
    [MethodImpl(MethodImplOptions.NoInlining)] public static Func<int, int> OfDelegate() => Pairs.Called;
    [MethodImpl(MethodImplOptions.NoInlining)] public static Func<Large, long> OfLargeDelegate() => Pairs.LargeCalled;

    public static string All(Pairs o, ref int x, Span<int> all, Large large)
    {
        Divisor.Value = 2;
        return $"{OfInlined(x)} {OfCalled(x)} {OfInstance(o, x)} {OfInstanceInlined(o, x)} {OfVirtual(o, x)} {OfGenericValue(x)} {OfGenericReference(new Version(1, 2))} {OfByValue(new Small { X = x })} {OfLargeInlined(large)} {OfLargeCalled(large)} {OfSpans(all, "a")} {OfDelegate()(x)} {OfLargeDelegate()(large)} {OfReference(ref x, all) - all[0]}";
    }
}
