namespace HotPathGen.Generator.Tests.Snapshots;

/// <summary>Everything that the compiler gets from a project: prepared copies and generated files.</summary>
public sealed class SnapshotTests
{
    [Test]
    public void Written_pair() =>
        Verify(
            "WrittenPair",
            """
            namespace Shop;

            public static partial class Cart
            {
                [Instrument]
                internal static partial int Total(ReadOnlySpan<int> prices, ref int tax);

                private static int TotalCore(ReadOnlySpan<int> prices, ref int tax) => prices.Length + tax;
            }
            """
        );

    [Test]
    public void Generic_with_constraints() =>
        Verify(
            "Generic",
            """
            public class Box<TKey> where TKey : notnull
            {
                [Instrument]
                public TValue? Open<TValue, TDisposable, TNumber>(TKey key, scoped TDisposable guard, TNumber number)
                    where TValue : class, IEnumerable<TKey>?, new()
                    where TDisposable : IDisposable, allows ref struct
                    where TNumber : unmanaged, IComparable<TNumber> => null;
            }
            """
        );

    [Test]
    public void References() =>
        Verify(
            "References",
            """
            public struct Cells
            {
                private readonly int[] _cells;
                public Cells(int[] cells) => _cells = cells;
                [Instrument] public ref int At(ref readonly int index) => ref _cells[index];
                [Instrument] public readonly ref readonly int Peek(in int index, out bool found) { found = true; return ref _cells[index]; }
                [Instrument] public readonly int Sum(scoped Span<int> more, params ReadOnlySpan<int> all) => all.Length + more.Length;
            }
            """
        );

    [Test]
    public void Containers() =>
        Verify(
            "Containers",
            """
            namespace Deep.Down
            {
                public static class Extensions { [Instrument] public static int Words(this string text, char separator = ' ') => text.Split(separator).Length; }
                public readonly record struct Point(int X) { [Instrument] public int Twice() => X * 2; }
                public record Person(string Name)
                {
                    private protected abstract class Inner<T> { [Instrument] protected virtual T Give(T given) => given; }
                }
            }
            """
        );

    [Test]
    public void Deferred() =>
        Verify(
            "Deferred",
            """
            using System.Threading;
            public class Loader
            {
                [Instrument] public async Task Load(CancellationToken token) => await Task.Delay(0, token);
                [Instrument] public static async ValueTask<int> Count() { await Task.Yield(); return 1; }
                [Instrument] private async void Fire() => await Task.Yield();
                [Instrument, AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))] public async ValueTask Pooled() => await Task.Yield();
                [Instrument] public IEnumerable<int> Numbers() { yield return 1; }
                [Instrument] public async IAsyncEnumerable<int> Stream([EnumeratorCancellation] CancellationToken token = default) { await Task.Yield(); yield return 1; }
            }
            """
        );

    [Test]
    public void Attributes_of_the_body() =>
        Verify(
            "MethodImpl",
            """
            public class Math
            {
                [Instrument, MethodImpl(MethodImplOptions.NoInlining), Obsolete("old")]
                [return: System.Diagnostics.CodeAnalysis.NotNull]
                public static object Slow([System.Diagnostics.CodeAnalysis.DisallowNull] object? x) => x;
            }
            """
        );

    [Test]
    public void Unsafe_pointers() =>
        Verify(
            "Unsafe",
            """
            public unsafe class Raw
            {
                [Instrument] public static int* Next(int* at, delegate* unmanaged[Cdecl]<int, void> call, List<byte*[]> all) => at + 1;
            }
            """
        );

    [Test]
    public void Keywords_as_names() =>
        Verify(
            "Keywords",
            """
            namespace @event.@namespace;
            public class @class<@in> { [Instrument] public @in @return<@out>(@in @this, ref @out @value, int @record) where @out : struct => @this; }
            """
        );

    [Test]
    public void Dynamic_tuples_nullable() =>
        Verify(
            "Types",
            """
            public class Types
            {
                [Instrument] public dynamic? Call(dynamic target, List<dynamic?> more, ref dynamic box) => target;
                [Instrument] public (int First, (string? Second, nint) Others)[]? Pack((long A, string B)? pair, int?[] numbers) => null;
            }
            """
        );

    [Test]
    public void In_place() =>
        Verify(
            "InPlace",
            """
            public class Place : IDisposable
            {
                [Instrument] public Place(int x) { if (x > 0) return; }
                [Instrument] public int Number => 1;
                [Instrument] void IDisposable.Dispose() { }
                [Instrument] public static Place operator +(Place a, Place b) => a;
            }
            """
        );

    [Test]
    public void Table_with_coverage() =>
        Verify(
            "Coverage",
            """
            [Instrument]
            public abstract class Half
            {
                private int _x = 1;
                public int X { get => _x; set => _x = value; }
                [Instrument] public abstract int Later();
                public int Now() => 1;
            }
            """
        );

    [Test]
    public void The_api() =>
        Verify(
            "Api",
            """
            public static class Program { public static void Main() { using (HotPath.Measure("all")) { } } }
            """
        );

    [Test]
    public void Pooled_spans() =>
        Verify(
            "PooledSpans",
            """
            using System.IO;
            namespace Shop;

            public static partial class Hex
            {
                [Instrument]
                public static partial int Write(ReadOnlySpan<byte> data, TextWriter output);

                private static int WriteCore(ReadOnlySpan<byte> data, TextWriter output,
                    [Pooled(Length = nameof(Length), StackLimit = 256)] scoped Span<char> scratch) => scratch.Length + data.Length + output.GetHashCode();

                private static int Length(ReadOnlySpan<byte> data) => data.Length * 2;

                public static partial void Small();
                private static void SmallCore([Pooled(16)] scoped Span<byte> key, [Pooled(8, Clear = PooledClear.Always)] scoped Span<int> numbers) => numbers[0] = key[0];
            }

            public readonly partial struct Cells<T>(int length) where T : unmanaged
            {
                public readonly partial ref readonly T Fill<U>(in T value, U other);
                private readonly ref readonly T FillCore<U>(in T value, U other, [Pooled(Length = nameof(Half))] scoped Span<T> scratch, [Pooled(4)] scoped Span<U> others) => ref value;
                private long Half<U>(U other) => length / 2;
            }
            """
        );

    [Test]
    public void Pooled_kinds() =>
        Verify(
            "PooledKinds",
            """
            using System.Buffers;
            using System.Text;
            public sealed class Builders { public StringBuilder Get() => new(); public void Return(StringBuilder builder) => builder.Clear(); }
            public partial class Kinds
            {
                private readonly Builders _builders = new();
                private static ArrayPool<string> Strings { get; } = ArrayPool<string>.Create();

                [Instrument] public partial int Run(int count);
                private int RunCore(int count,
                    [Pooled(Length = nameof(count_of))] Memory<byte> memory,
                    [Pooled(10, Clear = PooledClear.Always)] ArraySegment<char> segment,
                    [Pooled(10, Source = nameof(Strings))] string[] array,
                    [Pooled(10)] ref PooledList<int> list,
                    [Pooled(Source = nameof(_builders))] StringBuilder text) => memory.Length + segment.Count + array.Length + list.Count + text.Length;
                private static int count_of(int count) => count;
            }
            """
        );

    [Test]
    public void Pooled_arena() =>
        Verify(
            "PooledArena",
            """
            public static partial class Parser
            {
                [Instrument] public static partial int Parse(string text);
                private static int ParseCore(string text,
                    [Pooled(Length = nameof(Chars))] scoped Span<char> chars,
                    [Pooled(4)] scoped Span<byte> small,
                    [Pooled(Length = nameof(Chars), Clear = PooledClear.Always)] scoped Span<int> places,
                    [Pooled(1000)] scoped Span<Guid> ids) => chars.Length + small.Length + places.Length + ids.Length;
                private static int Chars(string text) => text.Length;
            }
            """
        );

    [Test]
    public void Pooled_deferred() =>
        Verify(
            "PooledDeferred",
            """
            using System.Collections;
            using System.IO;
            using System.Threading;
            public partial class Deferred
            {
                [Instrument] public static partial Task<int> Read(Stream stream, CancellationToken token);
                private static async Task<int> ReadCore(Stream stream, CancellationToken token, [Pooled(4096)] Memory<byte> buffer) => await stream.ReadAsync(buffer, token);

                public partial ValueTask Copy(Stream stream);
                private ValueTask CopyCore(Stream stream, [Pooled(4096)] byte[] buffer) => stream.WriteAsync(buffer);

                [Instrument] public partial IEnumerable<int> Numbers(int count);
                private IEnumerable<int> NumbersCore(int count, [Pooled(Length = nameof(Count))] int[] buffer) { yield return buffer.Length; }
                private int Count(int count) => count;

                public partial IEnumerator Objects();
                private IEnumerator ObjectsCore([Pooled(1)] int[] buffer) { yield return buffer.Length; }

                public partial IAsyncEnumerable<int> Stream(CancellationToken token = default);
                private async IAsyncEnumerable<int> StreamCore([EnumeratorCancellation] CancellationToken token, [Pooled(1)] ArraySegment<int> buffer) { await Task.Yield(); yield return buffer.Count; }
            }
            """
        );

    [Test]
    public void Types_of_other_generators() =>
        Verify(
            "Unknown",
            """
            using Made.Elsewhere;
            namespace Here { using Text = System.Text.StringBuilder; public static class Uses { [Instrument] public static Handle? Open(Text text, in Handle handle, int more = 1) => null; } }
            """,
            compiles: false
        );

    private static void Verify(string name, string source, bool compiles = true)
    {
        foreach (bool measured in (bool[])[false, true])
        {
            var build = Build.Of(new([source]) { IsMeasured = measured });
            if (compiles)
            {
                build.MustCompile();
            }

            Snapshot.Verify(build.Print(withTable: name is "Coverage", withList: false), $"{name}.{(measured ? "Measured" : "Production")}");
        }
    }
}
