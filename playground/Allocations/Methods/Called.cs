using System.Diagnostics;

namespace Allocations.Methods;

[Instrument]
internal static class Called
{
    private static readonly Shape[] s_shapes = [new Square()];
    private static readonly Square s_square = new();
    private static readonly Random s_random = new(1);
    private static readonly System.Text.RegularExpressions.Regex s_regex = new("[a-z]+");
    private static readonly Lazy<string> s_lazy = new(static () => "lazy");

    public static int Clean(int i) => Mix(i) + Mix(i + 1);

    public static int CleanInACircle(int i) => Even(i & 7) ? 1 : 0;

    public static int Allocating(int i) => Deep(i).Length;

    public static int AllocatingTwiceRemoved(int i) => Deeper(i).Length;

    public static int Property(int i) => Fresh.Length + i;

    public static int CleanProperty(int i) => Kept.Length + i;

    public static int Constructor(int i)
    {
        Sink.Kept = new Holder(i);
        return i;
    }

    public static int SealedVirtual(int i) => s_square.Area(i);

    public static int Virtual(int i) => s_shapes[0].Area(i);

    public static int Operator(int i) => (new Money(i) + new Money(1)).Cents;

    public static int OperatorAllocating(int i) => ((string)new Money(i + 1)).Length;

    public static int Extension(int i) => i.Doubled();

    public static int Generic(int i) => Same(i) + Same("a").Length;

    public static int Math2(int i) => Math.Max(i, 3) + (int)Math.Sqrt(i);

    public static int RandomNumber(int i) => s_random.Next(10) + i;

    public static int Clock(int i) => (int)(Stopwatch.GetTimestamp() & 1) + i;

    public static int Now(int i) => DateTime.UtcNow.Year + i;

    public static int NewGuid(int i) => Guid.NewGuid().GetHashCode() & i;

    public static int Interlock(int i)
    {
        int n = i;
        return Interlocked.Increment(ref n);
    }

    public static int RegexIsMatch(int i) => s_regex.IsMatch(Sink.Name) ? i : 0;

    public static int RegexMatch(int i) => s_regex.Match(Sink.Name).Length + i;

    public static int LazyValue(int i) => s_lazy.Value.Length + i;

    public static int EnumName(int i) => Enum.GetName((Colour)(i % 3))!.Length;

    public static int EnumParse(int i) => (int)Enum.Parse<Colour>("Green") + i;

    public static int EnumValues(int i) => Enum.GetValues<Colour>().Length + i;

    public static int TypeName(int i) => typeof(Pair).Name.Length + i;

    public static int Activated(int i)
    {
        Sink.Kept = Activator.CreateInstance(typeof(Holder), i);
        return i;
    }

    public static int Reflected(int i) => typeof(Pair).GetMethods().Length + i;

    public static int Environment2(int i) => Environment.TickCount & i;

    public static int Hash(int i) => HashCode.Combine(i, 3) & 1;

    public static int CompletedTask(int i) => Task.CompletedTask.IsCompleted ? i : 0;

    public static int FromResult(int i) => Task.FromResult(i + 1000).Result;

    public static int AsyncResult(int i) => AnswerAsync(i + 1000).Result;

    public static int AsyncCached(int i) => OneAsync().Result + i;

    public static int AsyncValue(int i) => AnswerValueAsync(i + 1000).Result;

    public static int Versioned(int i) => new Version(1, 2).Major + i;

    public static int UriParsed(int i) => new Uri("http://a/b").Host.Length + i;

    public static int PathJoined(int i) => Path.Combine("a", "b").Length + i;

    public static int PathName(int i) => Path.GetFileName("a/b".AsSpan()).Length + i;

    public static int BigNumber(int i) => (int)(System.Numerics.BigInteger.Pow(3, 50) % 7) + i;

    public static int DecimalSum(int i) => (int)(1.5m * i);

    public static int BitsOf(int i) => BitConverter.GetBytes(i).Length;

    public static int BitsIntoSpan(int i)
    {
        Span<byte> span = stackalloc byte[4];
        BitConverter.TryWriteBytes(span, i);
        return span[0];
    }

    public static int Tokens(int i) => CancellationToken.None.IsCancellationRequested ? 1 : i;

    public static int Source(int i)
    {
        using var source = new CancellationTokenSource();
        return source.IsCancellationRequested ? 1 : i;
    }

    public static int StreamWritten(int i)
    {
        using var stream = new MemoryStream();
        stream.WriteByte((byte)i);
        return (int)stream.Length;
    }

    public static int Asserted(int i)
    {
        Debug.Assert(i >= 0, $"{i} is less than none");
        return i;
    }

    private static int[] Fresh => new int[2];

    private static int[] Kept => Sink.Numbers;

    private static int Mix(int i)
    {
        i ^= i << 5;
        return i * 31;
    }

    private static bool Even(int i) => i == 0 || Odd(i - 1);

    private static bool Odd(int i) => i != 0 && Even(i - 1);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static string Deep(int i) => new('a', (i & 3) + 1);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static string Deeper(int i) => Deep(i);

    private static T Same<T>(T value) => value;

    private static async Task<int> AnswerAsync(int i) => i;

    private static async Task<int> OneAsync() => 1;

    private static async ValueTask<int> AnswerValueAsync(int i) => i;

    private static int Doubled(this int i) => 2 * i;

    private sealed class Holder(int i)
    {
        public int[] Values = new int[i & 3];
    }

    private abstract class Shape
    {
        public abstract int Area(int i);
    }

    private sealed class Square : Shape
    {
        public override int Area(int i) => i * i;
    }

    private readonly struct Money(int cents)
    {
        public readonly int Cents = cents;

        public static Money operator +(Money a, Money b) => new(a.Cents + b.Cents);

        public static explicit operator string(Money money) => new('c', 3);
    }
}
