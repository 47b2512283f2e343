using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;

namespace Allocations.Methods;

/// <summary>
/// What parsers, codecs, brokers and game loops do. It was written without a look at the rules, to test them on code they were not made for.
/// </summary>
[Instrument]
internal static class Workloads
{
    private static readonly byte[] s_packet = [0, 3, 1, 2, 3, 0, 2, 9, 8, 0, 0];
    private static readonly byte[] s_json = """{"id":7,"name":"a","tags":[1,2,3]}"""u8.ToArray();
    private static readonly byte[] s_buffer = new byte[256];
    private static readonly int[] s_scores = [5, 3, 9, 1, 7, 2, 8];
    private static readonly Entity[] s_entities = [new() { X = 1, Speed = 2 }, new() { X = 5, Speed = -1 }, new() { X = 9, Speed = 3 }];
    private static readonly Dictionary<int, Order> s_orders = new() { [1] = new(1, 100), [2] = new(2, 250) };
    private static readonly Dictionary<(int X, int Y), int> s_grid = new() { [(0, 0)] = 1, [(1, 2)] = 5 };
    private static readonly Dictionary<Cell, int> s_cells = new() { [new Cell(1, 2)] = 3 };
    private static readonly Dictionary<Raw, int> s_raw = new() { [new Raw { A = 1, B = 2 }] = 3 };
    private static readonly PriorityQueue<int, int> s_heap = new([(1, 5), (2, 3), (3, 9)]);
    private static readonly SortedList<int, string> s_book = new() { [10] = "a", [20] = "b" };
    private static readonly Channel<int> s_channel = Channel.CreateUnbounded<int>();
    private static readonly ConcurrentQueue<int> s_work = new();
    private static readonly ConcurrentDictionary<string, int> s_counts = new();
    private static readonly ArrayBufferWriter<byte> s_writer = new(1024);
    private static readonly Stack<Particle> s_pool = new([new(), new()]);
    private static readonly List<Particle> s_alive = [new(), new(), new()];
    private static readonly Lock s_lock = new();
    private static readonly object s_gate = new();
    private static readonly ThreadLocal<StringBuilder> s_local = new(static () => new StringBuilder(128));
    private static readonly IHandler[] s_handlers = [new Adder(), new Doubler()];
    private static readonly string[] s_commands = ["GET /a", "PUT /b", "QUIT"];
    private static readonly Func<int, int>[] s_opcodes = [static x => x + 1, static x => x * 2];
    private static readonly CancellationTokenSource s_stop = new();
    private static readonly BitArray64 s_flags = new();
    private static readonly LinkedList<int> s_recent = new([1, 2, 3]);
    private static readonly TimeProvider s_clock = TimeProvider.System;
    private static int[] s_growing = new int[4];
    private static event Action<int>? Ticked = Nothing;

    // Parsers
    public static int FramesOfPacket(int i)
    {
        int at = 0,
            frames = 0;
        ReadOnlySpan<byte> rest = s_packet;
        while (at + 2 <= rest.Length && BinaryPrimitives.ReadUInt16BigEndian(rest[at..]) is > 0 and var length)
        {
            frames += rest.Slice(at + 2, length)[0];
            at += 2 + length;
        }
        return frames + i;
    }

    public static int TokensOfExpression(int i)
    {
        var lexer = new Lexer("12+(3*45)-6");
        int sum = i;
        while (lexer.Next() is { Kind: not Kind.End } token)
        {
            sum += token.Value;
        }
        return sum;
    }

    public static int RecursiveDescent(int i)
    {
        int at = 0;
        return Sum("1+2+34", ref at) + i;
    }

    public static int CsvFields(int i)
    {
        int sum = i;
        foreach (var field in "10,20,30".AsSpan().Split(','))
        {
            sum += int.Parse("10,20,30".AsSpan()[field], CultureInfo.InvariantCulture);
        }
        return sum;
    }

    public static int CsvCopied(int i)
    {
        int sum = i;
        foreach (string field in "10,20,30".Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            sum += field.Length;
        }
        return sum;
    }

    public static int JsonTokens(int i)
    {
        var reader = new Utf8JsonReader(s_json);
        int sum = i;
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.Number)
            {
                sum += reader.GetInt32();
            }
        }
        return sum;
    }

    public static int JsonName(int i)
    {
        var reader = new Utf8JsonReader(s_json);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("name"u8))
            {
                reader.Read();
                return reader.GetString()!.Length + i;
            }
        }
        return i;
    }

    public static int JsonDom(int i)
    {
        using var document = JsonDocument.Parse(s_json);
        return document.RootElement.GetProperty("id").GetInt32() + i;
    }

    public static int JsonEscapes(int i) => JsonEncodedText.Encode("a\"b").Value.Length + i;

    public static int CommandSwitch(int i) =>
        s_commands[i % 3].AsSpan() switch
        {
            ['G', 'E', 'T', ' ', .. var path] => path.Length,
            "QUIT" => 0,
            _ => 1,
        };

    public static int CommandListPattern(int i) => s_commands[i % 3] is [_, _, _, ' ', .. string path] ? path.Length : 0;

    public static int HexColour(int i) => TryColour("#a0b1c2", out var colour) ? colour.R + i : i;

    public static int LinesOfText(int i)
    {
        foreach (var line in "a\nbb\nccc".AsSpan().EnumerateLines())
        {
            i += line.Length;
        }
        return i;
    }

    public static int ReadLines(int i)
    {
        using var reader = new StringReader("a\nbb");
        while (reader.ReadLine() is { } line)
        {
            i += line.Length;
        }
        return i;
    }

    public static int Runes(int i)
    {
        foreach (var rune in "añ😀".EnumerateRunes())
        {
            i += rune.Value & 1;
        }
        return i;
    }

    // Codecs
    public static int VarIntEncode(int i)
    {
        Span<byte> span = stackalloc byte[5];
        uint v = (uint)i;
        int n = 0;
        do
        {
            span[n++] = (byte)(v | 0x80);
            v >>= 7;
        } while (v != 0);
        return n;
    }

    public static int WriteIntoBuffer(int i)
    {
        s_writer.ResetWrittenCount();
        var span = s_writer.GetSpan(8);
        BinaryPrimitives.WriteInt64LittleEndian(span, i);
        s_writer.Advance(8);
        return s_writer.WrittenCount;
    }

    public static int RunLength(int i)
    {
        var runs = new List<(byte Value, int Count)>();
        foreach (byte b in s_packet)
        {
            if (runs.Count > 0 && runs[^1].Value == b)
            {
                runs[^1] = (b, runs[^1].Count + 1);
            }
            else
            {
                runs.Add((b, 1));
            }
        }
        return runs.Count + i;
    }

    public static int Crc(int i)
    {
        uint crc = ~0u;
        foreach (byte b in s_packet)
        {
            crc ^= b;
            for (int k = 0; k < 8; k++)
            {
                crc = (crc >> 1) ^ (0xEDB88320 & (uint)-(int)(crc & 1));
            }
        }
        return (int)(crc & 1) + i;
    }

    public static int Base64InPlace(int i)
    {
        Span<byte> span = stackalloc byte[32];
        "hello"u8.CopyTo(span);
        System.Buffers.Text.Base64.EncodeToUtf8InPlace(span, 5, out int n);
        return n + i;
    }

    public static int Structs(int i) => MemoryMarshal.Cast<byte, short>(s_packet.AsSpan(0, 8))[i & 3];

    public static int Sha(int i)
    {
        Span<byte> hash = stackalloc byte[32];
        System.Security.Cryptography.SHA256.HashData(s_packet, hash);
        return hash[0] + i;
    }

    public static int ShaArray(int i) => System.Security.Cryptography.SHA256.HashData(s_packet)[0] + i;

    public static int Rented(int i)
    {
        byte[] rented = ArrayPool<byte>.Shared.Rent(64);
        try
        {
            return rented.Length + i;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    public static int RentedMemory(int i)
    {
        using var owner = MemoryPool<byte>.Shared.Rent(64);
        return owner.Memory.Length + i;
    }

    public static int ResizedBuffer(int i)
    {
        Array.Resize(ref s_growing, 4 + (i & 1));
        return s_growing.Length;
    }

    public static int Latin(int i) => Encoding.Latin1.GetString(s_packet, 0, 3).Length + i;

    public static int Created(int i) => string.Create(8, i, static (span, value) => span.Fill((char)('a' + (value & 7)))).Length;

    public static int CopyOfTail(int i) => s_packet[2..].Length + i;

    public static int SpanToArray(int i) => s_packet.AsSpan(1, 3).ToArray().Length + i;

    // Brokers
    public static int Match(int i) => s_orders.TryGetValue(1 + (i & 1), out var order) ? order.Price : 0;

    public static int Amend(int i)
    {
        ref var order = ref CollectionsMarshal.GetValueRefOrNullRef(s_orders, 2);
        order = order with { Price = i };
        return order.Price;
    }

    public static int GridLookup(int i) => s_grid.TryGetValue((i & 1, 2 * (i & 1)), out int cell) ? cell : 0;

    public static int CellLookup(int i) => s_cells.TryGetValue(new Cell(i & 1, 2), out int cell) ? cell : 0;

    public static int RawLookup(int i) => s_raw.TryGetValue(new Raw { A = i & 1, B = 2 }, out int cell) ? cell : 0;

    public static int Publish(int i)
    {
        s_channel.Writer.TryWrite(i);
        return s_channel.Reader.TryRead(out int got) ? got : 0;
    }

    public static int Schedule(int i)
    {
        s_heap.Enqueue(i, -i);
        return s_heap.Dequeue();
    }

    public static int BestPrice(int i) => s_book.Keys[0] + s_book.Values[1].Length + i;

    public static int Work(int i)
    {
        s_work.Enqueue(i);
        return s_work.TryDequeue(out int got) ? got : 0;
    }

    public static int Counted(int i) => s_counts.AddOrUpdate("key", 1, static (_, old) => (old + 1) & 15) + i;

    public static int CountedCapturing(int i) => s_counts.AddOrUpdate("other", 1, (_, old) => (old + i) & 15);

    public static int Locked(int i)
    {
        lock (s_lock)
        {
            return i + 1;
        }
    }

    public static int MonitorLocked(int i)
    {
        lock (s_gate)
        {
            return i + 1;
        }
    }

    public static int Dispatched(int i)
    {
        foreach (var handler in s_handlers)
        {
            i = handler.Handle(i);
        }
        return i;
    }

    public static int Raised(int i)
    {
        Ticked?.Invoke(i);
        return i;
    }

    public static int Subscribed(int i)
    {
        Action<int> handler = Nothing;
        Ticked += handler;
        Ticked -= handler;
        return i;
    }

    public static int Filtered(int i) => s_orders.Values.Where(order => order.Price > i).Count();

    public static int Envelope(int i) => Route(new Letter<int>("topic", i));

    public static int EnvelopeKept(int i)
    {
        Sink.Kept = new Letter<int>("topic", i);
        return i;
    }

    public static int Keyed(int i) => s_counts.TryGetValue("k" + (i & 3), out int n) ? n : 0;

    public static int KeyedBySpan(int i)
    {
        Span<char> key = ['k', (char)('0' + (i & 3))];
        return s_counts.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(key, out int n) ? n : 0;
    }

    public static int Cancelled(int i)
    {
        s_stop.Token.ThrowIfCancellationRequested();
        return i;
    }

    public static int Linked(int i)
    {
        s_recent.RemoveLast();
        s_recent.AddFirst(i);
        return s_recent.Count;
    }

    public static int RetryLoop(int i)
    {
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                return Fragile(i, attempt);
            }
            catch (InvalidOperationException) when (attempt < 3)
            {
                i++;
            }
        }
    }

    public static int Clocked(int i) => (int)(s_clock.GetElapsedTime(0, 10_000).Ticks & 1) + i;

    public static int Logged(int i)
    {
        if (i < 0)
        {
            Console.Error.WriteLine($"negative: {i}");
        }
        return i;
    }

    public static int Formatted(int i)
    {
        var text = s_local.Value!;
        text.Clear();
        text.Append(CultureInfo.InvariantCulture, $"{i}:{i * 2}");
        return text.Length;
    }

    // Game loops
    public static int Moved(int i)
    {
        foreach (ref var entity in s_entities.AsSpan())
        {
            entity.X += entity.Speed;
        }
        return (int)s_entities[0].X + i;
    }

    public static int Nearest(int i)
    {
        var nearest = s_entities[0];
        foreach (var entity in s_entities)
        {
            if (Math.Abs(entity.X - i) < Math.Abs(nearest.X - i))
            {
                nearest = entity;
            }
        }
        return (int)nearest.Speed;
    }

    public static int Spawned(int i)
    {
        var particle = s_pool.TryPop(out var old) ? old : new Particle();
        particle.Age = i;
        s_pool.Push(particle);
        return particle.Age;
    }

    public static int Aged(int i)
    {
        for (int k = s_alive.Count - 1; k >= 0; k--)
        {
            s_alive[k].Age++;
        }
        return s_alive.Count + i;
    }

    public static int Culled(int i) => s_alive.RemoveAll(static particle => particle.Age < -1) + i;

    public static int SortedScores(int i)
    {
        Span<int> copy = stackalloc int[7];
        s_scores.CopyTo(copy);
        copy.Sort();
        return copy[i % 7];
    }

    public static int SortedByKey(int i)
    {
        Span<int> copy = stackalloc int[7];
        s_scores.CopyTo(copy);
        copy.Sort(static (a, b) => b - a);
        return copy[i % 7];
    }

    public static int TopScores(int i) => s_scores.OrderDescending().Take(3).Sum() + i;

    public static int Vectors(int i)
    {
        var v = new System.Numerics.Vector3(i, 1, 2);
        return (int)System.Numerics.Vector3.Dot(v, v) & 1;
    }

    public static int TupleSwap(int i)
    {
        int a = i,
            b = 2;
        (a, b) = (b, a);
        return a - b;
    }

    public static int Deconstructed(int i)
    {
        var (x, y) = new Cell(i, 2);
        return x + y;
    }

    public static int StateSwitch(int i) =>
        (Phase)(i % 3) switch
        {
            Phase.Idle => i,
            Phase.Run when i > 5 => 2,
            _ => 3,
        };

    public static int PhaseText(int i) => ((Phase)(i % 3)).ToString().Length;

    public static int Interpreted(int i)
    {
        foreach (var opcode in s_opcodes)
        {
            i = opcode(i);
        }
        return i;
    }

    public static int Composed(int i)
    {
        var both = Compose(s_opcodes[0], s_opcodes[1]);
        return both(i);
    }

    public static int Flagged(int i)
    {
        s_flags.Set(i & 63);
        return s_flags.Any ? 1 : 0;
    }

    public static int Coroutine(int i)
    {
        int sum = 0;
        foreach (int step in Steps(i & 3))
        {
            sum += step;
        }
        return sum;
    }

    public static int Jagged(int i)
    {
        int[][] map = new int[3][];
        for (int k = 0; k < 3; k++)
        {
            map[k] = new int[3];
        }
        return map[i % 3].Length;
    }

    public static int Matrix(int i)
    {
        int[,] m = new int[2, 2];
        m[i & 1, 1] = i;
        return m[0, 1];
    }

    public static int Inline(int i)
    {
        var four = default(Four);
        four[i & 3] = i;
        return four[0];
    }

    public static int Visited(int i)
    {
        var visitor = new Counter();
        Walk(3, ref visitor);
        return visitor.Count + i;
    }

    public static int VisitedBoxed(int i)
    {
        IVisitor visitor = new Counter();
        Walk(3, visitor);
        return i;
    }

    public static int Compared(int i) => Comparer<Cell>.Default.Compare(new Cell(i, 1), new Cell(1, i));

    public static int ClampedInt(int i) => Clamped(i);

    private static void Nothing(int i) { }

    private static int Clamped<T>(T value)
        where T : IComparable<T> => value.CompareTo(default!);

    private static int Sum(ReadOnlySpan<char> text, ref int at)
    {
        int sum = Number(text, ref at);
        while (at < text.Length && text[at] == '+')
        {
            at++;
            sum += Number(text, ref at);
        }
        return sum;
    }

    private static int Number(ReadOnlySpan<char> text, ref int at)
    {
        int n = 0;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
        {
            n = (10 * n) + text[at++] - '0';
        }
        return n;
    }

    private static bool TryColour(string text, out (byte R, byte G, byte B) colour)
    {
        colour = default;
        return text is ['#', ..] && byte.TryParse(text.AsSpan(1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out colour.R);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Route(in Letter<int> envelope) => envelope.Topic.Length + envelope.Body;

    private static int Fragile(int i, int attempt) => attempt < 0 ? throw new InvalidOperationException($"attempt {attempt}") : i;

    private static Func<int, int> Compose(Func<int, int> f, Func<int, int> g) => x => g(f(x));

    private static IEnumerable<int> Steps(int n)
    {
        for (int k = 0; k <= n; k++)
        {
            yield return k;
        }
    }

    private static void Walk<T>(int depth, ref T visitor)
        where T : struct, IVisitor
    {
        visitor.Visit(depth);
        if (depth > 0)
        {
            Walk(depth - 1, ref visitor);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Walk(int depth, IVisitor visitor)
    {
        visitor.Visit(depth);
        if (depth > 0)
        {
            Walk(depth - 1, visitor);
        }
    }

    private struct Entity
    {
        public float X,
            Speed;
    }

    private sealed class Particle
    {
        public int Age;
    }

    private readonly record struct Order(int Id, int Price);

    private readonly record struct Cell(int X, int Y) : IComparable<Cell>
    {
        public int CompareTo(Cell other) => X - other.X;
    }

    private struct Raw
    {
        public int A,
            B;
    }

    private sealed record Letter<T>(string Topic, T Body);

    private enum Kind
    {
        End,
        Number,
        Sign,
    }

    private enum Phase
    {
        Idle,
        Run,
        Jump,
    }

    private readonly record struct Token(Kind Kind, int Value);

    [InlineArray(4)]
    private struct Four
    {
        public int First;
    }

    private sealed class BitArray64
    {
        private ulong _bits;
        public bool Any => _bits != 0;

        public void Set(int bit) => _bits |= 1UL << bit;
    }

    private ref struct Lexer(ReadOnlySpan<char> text)
    {
        private readonly ReadOnlySpan<char> _text = text;
        private int _at;

        public Token Next()
        {
            if (_at >= _text.Length)
            {
                return default;
            }
            if (!char.IsAsciiDigit(_text[_at]))
            {
                return new(Kind.Sign, _text[_at++]);
            }
            int value = Number(_text, ref _at);
            return new(Kind.Number, value);
        }
    }

    private interface IHandler
    {
        int Handle(int i);
    }

    private sealed class Adder : IHandler
    {
        public int Handle(int i) => i + 1;
    }

    private sealed class Doubler : IHandler
    {
        public int Handle(int i) => i * 2;
    }

    private interface IVisitor
    {
        void Visit(int depth);
    }

    private struct Counter : IVisitor
    {
        public int Count;

        public void Visit(int depth) => Count += depth;
    }
}
