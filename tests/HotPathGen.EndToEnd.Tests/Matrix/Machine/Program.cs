using System.Buffers;
using Machine;

int number = 3;
Span<int> all = [1, 2, 3];
var large = new Large { A = 1, H = 2 };
Console.WriteLine(PairCallers.All(new(), ref number, all, large) == PlainCallers.All(new(), ref number, all, large) && Pairs.Scratch(new byte[3]) == Plain.Scratch(new byte[3]));

namespace Machine
{
    public struct Small { public int X, Y; }

    public struct Large { public long A, B, C, D, E, F, G, H; }

    /// <summary>A class without a static initializer. Where there is one, the machine code depends on whether it has run.</summary>
    internal static class Divisor { public static int Value; }

    public interface ITotal { int Virtual(int x); }

    /// <summary>Pairs as a user writes them.</summary>
    public sealed partial class Pairs : ITotal
    {
        private int _sum;

        [Instrument] public static partial int Inlined(int x);
        private static int InlinedCore(int x) => x * 3 + 1;

        [Instrument] public static partial int Called(int x);
        private static int CalledCore(int x) { try { return x / Divisor.Value; } catch (DivideByZeroException) { return -1; } }

        [Instrument] public partial int Instance(int x);
        private int InstanceCore(int x) { try { return _sum += x; } finally { Divisor.Value = x; } }

        [Instrument] public partial int InstanceInlined(int x);
        private int InstanceInlinedCore(int x) => _sum + x;

        [Instrument] public partial int Virtual(int x);
        private int VirtualCore(int x) { try { return _sum -= x; } finally { Divisor.Value = x; } }

        [Instrument] public static partial int Generic<T>(T x);
        private static int GenericCore<T>(T x) { try { return x!.GetHashCode() / Divisor.Value; } catch (DivideByZeroException) { return -1; } }

        [Instrument] public static partial int ByValue(Small x);
        private static int ByValueCore(Small x) { try { return x.X / Divisor.Value; } catch (DivideByZeroException) { return x.Y; } }

        [Instrument] public static partial long LargeInlined(Large x);
        private static long LargeInlinedCore(Large x) => x.A + x.H;

        [Instrument] public static partial long LargeCalled(Large x);
        private static long LargeCalledCore(Large x) { try { return x.A / Divisor.Value; } catch (DivideByZeroException) { return x.H; } }

        [Instrument] public static partial ref int Reference(ref int x, Span<int> all);
        private static ref int ReferenceCore(ref int x, Span<int> all) { try { Divisor.Value++; return ref all.Length > x ? ref all[x] : ref all[0]; } finally { Divisor.Value--; } }

        [Instrument] public static partial int Scratch(ReadOnlySpan<byte> data);
        [MethodImpl(MethodImplOptions.NoInlining)] private static int ScratchCore(ReadOnlySpan<byte> data, [Pooled(Length = nameof(ScratchLength), StackLimit = 256)] scoped Span<char> scratch) => scratch.Length + data.Length;
        [MethodImpl(MethodImplOptions.NoInlining)] private static int ScratchLength(ReadOnlySpan<byte> data) => data.Length * 2;

        [Instrument] public static partial Span<int> Spans(Span<int> all, ReadOnlySpan<char> text);
        private static Span<int> SpansCore(Span<int> all, ReadOnlySpan<char> text) { try { return all[text.Length..]; } finally { Divisor.Value++; } }
    }

    /// <summary>The same methods, written without pairs.</summary>
    public sealed class Plain : ITotal
    {
        private int _sum;

        public static int Inlined(int x) => x * 3 + 1;

        public static int Called(int x) { try { return x / Divisor.Value; } catch (DivideByZeroException) { return -1; } }

        public int Instance(int x) { try { return _sum += x; } finally { Divisor.Value = x; } }

        public int InstanceInlined(int x) => _sum + x;

        public int Virtual(int x) { try { return _sum -= x; } finally { Divisor.Value = x; } }

        public static int Generic<T>(T x) { try { return x!.GetHashCode() / Divisor.Value; } catch (DivideByZeroException) { return -1; } }

        public static int ByValue(Small x) { try { return x.X / Divisor.Value; } catch (DivideByZeroException) { return x.Y; } }

        public static long LargeInlined(Large x) => x.A + x.H;

        public static long LargeCalled(Large x) { try { return x.A / Divisor.Value; } catch (DivideByZeroException) { return x.H; } }

        public static ref int Reference(ref int x, Span<int> all) { try { Divisor.Value++; return ref all.Length > x ? ref all[x] : ref all[0]; } finally { Divisor.Value--; } }

        public static int Scratch(ReadOnlySpan<byte> data)
        {
            int length = ScratchLength(data);
            char[]? rented = null;
            Span<char> scratch = length <= 128 ? stackalloc char[128] : (rented = ArrayPool<char>.Shared.Rent(length));
            scratch = scratch.Slice(0, length);
            try
            {
                return ScratchCore(data, scratch);
            }
            finally
            {
                if (rented != null)
                    ArrayPool<char>.Shared.Return(rented);
            }
        }

        [MethodImpl(MethodImplOptions.NoInlining)] private static int ScratchCore(ReadOnlySpan<byte> data, scoped Span<char> scratch) => scratch.Length + data.Length;
        [MethodImpl(MethodImplOptions.NoInlining)] private static int ScratchLength(ReadOnlySpan<byte> data) => data.Length * 2;

        public static Span<int> Spans(Span<int> all, ReadOnlySpan<char> text) { try { return all[text.Length..]; } finally { Divisor.Value++; } }
    }
}
