using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Allocations.Methods;

/// <summary>Usual calls of code that allocates nothing: numbers, time, threads, collections.</summary>
[Instrument]
internal static class CleanCalls
{
    private static readonly int[] s_numbers = [3, 1, 2, 9, 7, 5, 4, 8];
    private static readonly int[] s_other = new int[8];
    private static readonly string[] s_words = ["one", "two", "three"];
    private static readonly List<int> s_list = [1, 2, 3, 4];
    private static readonly Dictionary<string, int> s_map = new() { ["one"] = 1, ["two"] = 2 };
    private static readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> s_bySpan = s_map.GetAlternateLookup<ReadOnlySpan<char>>();
    private static readonly Dictionary<int, string> s_byNumber = new() { [1] = "one", [2] = "two" };
    private static readonly HashSet<int> s_set = [1, 2, 3];
    private static readonly Queue<int> s_queue = new([1, 2, 3]);
    private static readonly Stack<int> s_stack = new([1, 2, 3]);
    private static readonly LinkedList<int> s_linked = new([1, 2, 3]);
    private static readonly SortedDictionary<int, int> s_sorted = new() { [1] = 2 };
    private static readonly SortedList<int, int> s_sortedList = new() { [1] = 2 };
    private static readonly PriorityQueue<int, int> s_priorities = new([(1, 2), (2, 3)]);
    private static readonly ConcurrentDictionary<int, int> s_concurrent = new([KeyValuePair.Create(1, 2)]);
    private static readonly ConcurrentQueue<int> s_concurrentQueue = new([1, 2]);
    private static readonly FrozenDictionary<string, int> s_frozen = s_map.ToFrozenDictionary();
    private static readonly FrozenSet<string> s_frozenSet = s_words.ToFrozenSet();
    private static readonly ImmutableArray<int> s_immutable = [1, 2, 3];
    private static readonly ImmutableDictionary<int, int> s_immutableMap = ImmutableDictionary.CreateRange([KeyValuePair.Create(1, 2)]);
    private static readonly ImmutableList<int> s_immutableList = [1, 2, 3];
    private static readonly System.Collections.BitArray s_bits = new(16);
    private static readonly Lock s_lock = new();
    private static readonly object s_gate = new();
    private static readonly SemaphoreSlim s_semaphore = new(1);
    private static readonly ReaderWriterLockSlim s_readers = new();
    private static readonly ManualResetEventSlim s_event = new(true);
    private static readonly ThreadLocal<int> s_local = new(static () => 3);
    private static readonly AsyncLocal<string> s_async = new();
    private static readonly CancellationTokenSource s_source = new();
    private static readonly Stopwatch s_watch = Stopwatch.StartNew();
    private static readonly Random s_random = new(7);
    private static readonly Lazy<string> s_lazy = new("a");
    private static readonly WeakReference<string> s_weak = new("a");
    private static readonly Task<int> s_task = Task.FromResult(3);
    private static readonly Version s_version = new(1, 2, 3);
    private static readonly Version s_otherVersion = new(1, 2);
    private static readonly Uri s_uri = new("https://example.org/a?b");
    private static readonly MemoryStream s_stream = new(new byte[64]);
    private static readonly object s_boxed = 5;
    private static readonly DateTime s_time = new(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);
    private static long s_count;
    private static object? s_kept;

    [ThreadStatic]
    private static int t_count;

    public static int Bits(int i) =>
        BitOperations.PopCount((uint)i)
        + BitOperations.Log2((uint)i | 1)
        + BitOperations.TrailingZeroCount(i)
        + BitOperations.LeadingZeroCount(7ul)
        + (int)BitOperations.RotateLeft((uint)i, 3)
        + (BitOperations.IsPow2(i) ? (int)BitOperations.RoundUpToPowerOf2((uint)i) : (int)BitOperations.Crc32C(1u, (byte)i));

    public static int MathCalls(int i) =>
        Math.Max(i, 3)
        + Math.Min(i, 4)
        + Math.Abs(-i)
        + Math.Clamp(i, 1, 5)
        + (int)Math.Sqrt(i)
        + (int)Math.Floor(2.5)
        + (int)Math.Round(2.5, 1)
        + Math.Sign(i)
        + (int)Math.Pow(i, 2)
        + Math.DivRem(i, 3, out int rest)
        + rest
        + (int)Math.BigMul(i, 3);

    public static int MathOther(int i) =>
        (int)MathF.Sin(i)
        + (int)Math.Log2(i + 1)
        + (int)Math.CopySign(i, 2)
        + (int)Math.ScaleB(i, 2)
        + (int)Math.FusedMultiplyAdd(i, 2, 3)
        + (int)Math.DivRem((long)i, 5).Remainder
        + (int)Math.Cbrt(i)
        + (int)double.Hypot(i, 3);

    public static int IntCalls(int i) =>
        int.Max(i, 3)
        + int.Log2(i | 1)
        + int.PopCount(i)
        + int.Abs(i)
        + int.Clamp(i, 0, 4)
        + int.DivRem(i, 3).Quotient
        + (int.IsEvenInteger(i) ? int.RotateLeft(i, 2) : int.Sign(i))
        + i.CompareTo(3)
        + (i.Equals(4) ? i.GetHashCode() : 0);

    public static int DoubleCalls(int i) =>
        (double.IsNaN(i) || double.IsFinite(i) && double.IsInteger(i))
            ? (int)double.Round(i) + ((double)i).CompareTo(2) + ((double)i).GetHashCode()
            : 0;

    public static int Decimals(int i) =>
        (int)decimal.Round(i + 0.5m, 0)
        + decimal.ToInt32(decimal.Truncate(2.5m))
        + (int)(i * 1.5m / 2m - 3m)
        + decimal.Compare(1m, 2m)
        + (decimal.Parse("1.5", CultureInfo.InvariantCulture) > 1m ? 1 : 0)
        + decimal.GetBits(1.5m, stackalloc int[4]);

    public static int Wide(int i) =>
        (int)((Int128)i * 3 + (Int128)2) + (int)((UInt128)7 >> 1) + (int)(Half)2.5 + (int)(nint)i + (int)Int128.Max(1, 2);

    public static int Vectors(int i)
    {
        var v = new Vector2(i, 2);
        v += Vector2.One;
        return (int)(
            v.Length()
            + Vector2.Dot(v, v)
            + Vector3.Cross(Vector3.UnitX, Vector3.UnitY).Z
            + Vector4.Zero.X
            + Matrix4x4.Identity.M11
            + Quaternion.Identity.W
            + Vector2.Normalize(v).X
            + Vector3.Transform(Vector3.One, Matrix4x4.CreateScale(2)).X
        );
    }

    public static int VectorOfT(int i)
    {
        var v = new Vector<int>(i);
        return Vector.Sum(v + Vector<int>.One) + Vector<int>.Count + Vector.Dot(v, v) + (Vector.EqualsAll(v, v) ? 1 : 0);
    }

    public static int Vector128s(int i)
    {
        var v = Vector128.Create(i);
        return Vector128.Sum(v + Vector128<int>.One)
            + v[0]
            + v.GetElement(1)
            + (Vector128.IsHardwareAccelerated ? Vector128.LoadUnsafe(ref s_numbers[0]).ToScalar() : 0)
            + (int)Vector256.Create(i).ExtractMostSignificantBits();
    }

    public static int GenericMath(int i) => Sink.Sum<int>(s_numbers) + (int)Sink.Sum<double>([i, 2.5]);

    public static int Complexes(int i)
    {
        var c = new Complex(i, 1);
        return (int)(c * c + Complex.One).Magnitude;
    }

    public static int Hashes(int i)
    {
        var h = new HashCode();
        h.Add(i);
        h.AddBytes("ab"u8);
        return h.ToHashCode() + HashCode.Combine(i, "a", 3L, DayOfWeek.Friday);
    }

    public static int Clock(int i) =>
        (int)Stopwatch.GetTimestamp()
        + (int)Stopwatch.GetElapsedTime(1).Ticks
        + (int)s_watch.ElapsedTicks
        + s_watch.Elapsed.Seconds
        + (int)Environment.TickCount64
        + Environment.TickCount
        + DateTime.UtcNow.Second
        + DateTimeOffset.UtcNow.Second
        + (int)TimeProvider.System.GetTimestamp()
        + i;

    public static int Times(int i) =>
        s_time.AddDays(i & 7).Day
        + (int)(s_time - DateTime.UnixEpoch).TotalHours
        + s_time.Date.Year
        + (s_time > DateTime.MinValue ? 1 : 0)
        + s_time.CompareTo(DateTime.MaxValue)
        + (int)s_time.DayOfWeek
        + DateTime.DaysInMonth(2026, 2)
        + s_time.ToUniversalTime().Hour
        + DateOnly.FromDateTime(s_time).DayNumber
        + TimeOnly.FromDateTime(s_time).Minute
        + (int)new DateTimeOffset(s_time).ToUnixTimeMilliseconds();

    public static int Spans(int i) =>
        TimeSpan.FromMilliseconds(i).Seconds
        + (int)(TimeSpan.FromMinutes(2) + TimeSpan.Zero).TotalSeconds
        + TimeSpan.Compare(TimeSpan.MaxValue, TimeSpan.MinValue)
        + TimeSpan.FromTicks(i).Negate().Milliseconds;

    public static int Guids(int i) =>
        new Guid(i, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11).GetHashCode()
        + (Guid.Empty == new Guid("0123456789abcdef"u8) ? 1 : 0)
        + (Guid.Empty.TryWriteBytes(stackalloc byte[16]) ? Guid.Empty.CompareTo(Guid.Empty) : 0);

    public static int Interlocks(int i) =>
        (int)Interlocked.Increment(ref s_count)
        + (int)Interlocked.Add(ref s_count, i)
        + (int)Interlocked.CompareExchange(ref s_count, 3, 4)
        + (int)Interlocked.Exchange(ref s_count, 3)
        + (int)Interlocked.Read(ref s_count)
        + (Interlocked.Exchange(ref s_kept, null) is null ? 1 : 0)
        + (int)Interlocked.Or(ref s_count, 1);

    public static int Volatiles(int i)
    {
        Volatile.Write(ref s_count, i);
        Thread.MemoryBarrier();
        Interlocked.MemoryBarrier();
        return (int)Volatile.Read(ref s_count);
    }

    public static int Threads(int i) =>
        Environment.CurrentManagedThreadId
        + Environment.ProcessorCount
        + Thread.CurrentThread.ManagedThreadId
        + (Thread.CurrentThread.IsBackground ? Thread.GetCurrentProcessorId() : i)
        + ++t_count;

    public static int Locks(int i)
    {
        lock (s_lock)
        {
            i++;
        }
        using (s_lock.EnterScope())
        {
            i++;
        }
        s_lock.Enter();
        s_lock.Exit();
        return s_lock.TryEnter() ? Leave(i) : i;
        static int Leave(int n)
        {
            s_lock.Exit();
            return n;
        }
    }

    public static int Monitors(int i)
    {
        bool taken = false;
        try
        {
            Monitor.Enter(s_gate, ref taken);
            return i + (Monitor.IsEntered(s_gate) ? 1 : 0);
        }
        finally
        {
            if (taken)
            {
                Monitor.Exit(s_gate);
            }
        }
    }

    public static int Spins(int i)
    {
        var wait = new SpinWait();
        wait.Reset();
        Thread.SpinWait(1);
        var spin = new SpinLock(false);
        bool taken = false;
        spin.Enter(ref taken);
        spin.Exit();
        return wait.Count + i;
    }

    public static int Semaphores(int i)
    {
        s_semaphore.Wait();
        try
        {
            return s_semaphore.CurrentCount + i;
        }
        finally
        {
            s_semaphore.Release();
        }
    }

    public static int ReadersWriters(int i)
    {
        s_readers.EnterReadLock();
        try
        {
            return i;
        }
        finally
        {
            s_readers.ExitReadLock();
        }
    }

    public static int Events(int i)
    {
        s_event.Set();
        return s_event.IsSet && s_event.Wait(0) ? i : 0;
    }

    public static int Locals(int i) => s_local.Value + (s_async.Value is null ? i : 0);

    public static int Tokens(int i)
    {
        var token = s_source.Token;
        token.ThrowIfCancellationRequested();
        return token.IsCancellationRequested || !token.CanBeCanceled || token == CancellationToken.None ? 0 : i;
    }

    public static int Tasks(int i) =>
        s_task.IsCompletedSuccessfully
            ? s_task.Result + (Task.CompletedTask.IsCompleted ? new ValueTask<int>(i).Result : 0) + s_task.GetAwaiter().GetResult()
            : ValueTask.FromResult(i).Result + (int)s_task.Status;

    public static int Collector(int i)
    {
        GC.KeepAlive(s_gate);
        return GC.CollectionCount(0)
            + (int)GC.GetTotalMemory(false)
            + GC.MaxGeneration
            + (int)GC.GetAllocatedBytesForCurrentThread()
            + GC.GetGeneration(s_gate)
            + i;
    }

    public static int Runtime(int i) =>
        RuntimeHelpers.GetHashCode(s_gate)
        + (RuntimeHelpers.IsReferenceOrContainsReferences<int>() ? 1 : 0)
        + (RuntimeHelpers.TryEnsureSufficientExecutionStack() ? i : 0);

    public static int Contracts(int i)
    {
        Debug.Assert(i >= 0);
        ArgumentNullException.ThrowIfNull(s_gate);
        ArgumentOutOfRangeException.ThrowIfNegative(i);
        ArgumentException.ThrowIfNullOrEmpty("a");
        ObjectDisposedException.ThrowIf(i < 0, s_gate);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(i, int.MaxValue);
        return i;
    }

    public static int Comparers(int i) =>
        EqualityComparer<int>.Default.GetHashCode(i)
        + (EqualityComparer<string>.Default.Equals("a", "b") ? 1 : 0)
        + Comparer<int>.Default.Compare(i, 3)
        + Comparer<string>.Default.Compare("a", "a")
        + (ReferenceEqualityComparer.Instance.Equals(s_gate, s_boxed) ? 1 : 0);

    public static int Arrays(int i)
    {
        Array.Copy(s_numbers, s_other, 4);
        Array.Clear(s_other, 0, 2);
        Array.Fill(s_other, i);
        Array.Reverse(s_other);
        Array.Sort(s_other);
        Buffer.BlockCopy(s_numbers, 0, s_other, 0, 8);
        return Array.IndexOf(s_numbers, 9)
            + Array.BinarySearch(s_other, 2)
            + s_numbers.Length
            + s_numbers.GetLength(0)
            + s_numbers.Rank
            + Array.LastIndexOf(s_numbers, 2);
    }

    public static int ArrayFunctions(int i) =>
        Array.FindIndex(s_numbers, static x => x > 8)
        + (Array.Exists(s_numbers, static x => x > 8) ? i : 0)
        + Array.Find(s_numbers, static x => x > 8)
        + (Array.TrueForAll(s_numbers, static x => x > 0) ? 1 : 0);

    public static int ArrayMembers(int i)
    {
        s_numbers.CopyTo(s_other, 0);
        s_numbers.AsSpan().CopyTo(s_other);
        return s_numbers.GetUpperBound(0) + i;
    }

    public static int Segments(int i)
    {
        var segment = new ArraySegment<int>(s_numbers, 1, 4);
        foreach (int n in segment)
        {
            i += n;
        }
        return segment.Count + segment[1] + segment.Offset + segment.Slice(1).Count + segment.AsSpan().Length + i;
    }

    public static int Lists(int i)
    {
        s_list[1] = i;
        s_list.Sort();
        s_list.Reverse();
        return s_list.Count + s_list.IndexOf(3) + (s_list.Contains(4) ? 1 : 0) + s_list.BinarySearch(2) + s_list.Capacity + s_list.LastIndexOf(3);
    }

    public static int ListFunctions(int i)
    {
        s_list.ForEach(static x => s_count += x);
        return s_list.FindIndex(static x => x == 3)
            + (s_list.Exists(static x => x == 4) ? s_list.Find(static x => x > 2) : i)
            + (s_list.TrueForAll(static x => x > -1) ? 1 : 0);
    }

    public static int ListSpans(int i)
    {
        CollectionsMarshal.AsSpan(s_list)[0] = i;
        s_list.CopyTo(s_other);
        return CollectionsMarshal.AsSpan(s_list).Length;
    }

    public static int Maps(int i) =>
        (s_map.TryGetValue("one", out int n) ? n : 0)
        + s_map["two"]
        + (s_map.ContainsKey("three") ? 1 : 0)
        + s_map.Count
        + CollectionsMarshal.GetValueRefOrNullRef(s_map, "one")
        + s_map.Keys.Count
        + (s_map.Comparer is null ? 1 : i);

    public static int MapsBySpan(int i) => s_bySpan.TryGetValue("one".AsSpan(), out int n) ? n + (s_bySpan.ContainsKey("one") ? i : 0) : 0;

    public static int MapsWritten(int i)
    {
        s_byNumber[1] = "uno";
        return s_byNumber.Remove(77) || s_byNumber.Remove(78, out _) || s_byNumber.TryAdd(2, "due") ? 0
            : s_byNumber.ContainsValue("x") ? 1
            : i;
    }

    public static int MapsThrough(int i)
    {
        foreach (var pair in s_map)
        {
            i += pair.Value + pair.Key.Length;
        }
        foreach (var (key, value) in s_map)
        {
            i += value + key.Length;
        }
        foreach (int value in s_map.Values)
        {
            i += value;
        }
        return i;
    }

    public static int Sets(int i)
    {
        s_set.Remove(77);
        foreach (int n in s_set)
        {
            i += n;
        }
        return (s_set.Contains(i & 3) ? s_set.Count : 0) + (s_set.TryGetValue(2, out int value) ? value : 0);
    }

    public static int Queues(int i)
    {
        int n = s_queue.Dequeue();
        s_queue.Enqueue(n);
        return s_queue.Peek() + s_queue.Count + (s_queue.TryPeek(out n) || s_queue.Contains(7) ? n : i);
    }

    public static int Stacks(int i)
    {
        int n = s_stack.Pop();
        s_stack.Push(n);
        return s_stack.Peek() + s_stack.Count + (s_stack.TryPeek(out n) ? n : i);
    }

    public static int Priorities(int i)
    {
        int n = s_priorities.Dequeue();
        s_priorities.Enqueue(n, i & 7);
        return s_priorities.Peek() + s_priorities.Count + (s_priorities.TryPeek(out n, out int priority) ? n + priority : 0);
    }

    public static int Linked(int i)
    {
        foreach (int n in s_linked)
        {
            i += n;
        }
        return s_linked.First!.Value
            + s_linked.Count
            + (s_linked.Contains(2) ? s_linked.Last!.Previous!.Value : 0)
            + (s_linked.Find(2)?.Next?.Value ?? 0)
            + i;
    }

    public static int Sorted(int i) =>
        (s_sorted.TryGetValue(1, out int n) ? n : 0)
        + s_sorted[1]
        + s_sorted.Count
        + (s_sorted.ContainsKey(3) ? 1 : 0)
        + s_sortedList.IndexOfKey(1)
        + s_sortedList.GetValueAtIndex(0)
        + (s_sortedList.TryGetValue(1, out n) ? n : i);

    public static int Concurrent(int i) =>
        (s_concurrent.TryGetValue(1, out int n) ? n : 0)
        + s_concurrent[1]
        + (s_concurrent.ContainsKey(2) ? 1 : 0)
        + s_concurrent.GetOrAdd(1, static k => k)
        + (s_concurrentQueue.IsEmpty || s_concurrentQueue.TryPeek(out n) ? n : i)
        + (s_concurrent.TryUpdate(1, 2, 2) ? 1 : 0);

    public static int Frozen(int i) =>
        (s_frozen.TryGetValue("one", out int n) ? n : 0)
        + s_frozen["two"]
        + s_frozen.Count
        + (s_frozen.ContainsKey("x") || s_frozenSet.Contains("one") ? s_frozenSet.Count : i)
        + s_frozen.Keys.Length
        + s_frozenSet.Items.Length;

    public static int Immutable(int i)
    {
        foreach (int n in s_immutable)
        {
            i += n;
        }
        return s_immutable.Length
            + s_immutable[1]
            + s_immutable.IndexOf(2)
            + s_immutable.AsSpan()[0]
            + (s_immutable.IsDefaultOrEmpty || s_immutable.Contains(3) ? 1 : 0)
            + s_immutable.ItemRef(0)
            + i;
    }

    public static int ImmutableLookups(int i) =>
        (s_immutableMap.TryGetValue(1, out int n) ? n : 0)
        + s_immutableMap.Count
        + (s_immutableMap.ContainsKey(2) ? 1 : 0)
        + s_immutableList[1]
        + s_immutableList.Count
        + s_immutableList.IndexOf(2)
        + i;

    public static int BitArrays(int i)
    {
        s_bits[3] = true;
        s_bits.Set(4, false);
        return s_bits.Get(3) && s_bits[i & 7] ? s_bits.Length : s_bits.Count;
    }

    public static int Tuples(int i)
    {
        (int, string) a = (i, "a"),
            b = (3, "b");
        return a == b || a.Equals(b) ? a.GetHashCode() : a.CompareTo(b) + (1, 2, 3).GetHashCode() + ((1, 2L, 'a').Equals((1, 2L, 'b')) ? 1 : 0);
    }

    public static int Pairs(int i)
    {
        var pair = new KeyValuePair<int, string>(i, "a");
        (int key, string value) = pair;
        return key + value.Length + KeyValuePair.Create(i, 2).Value;
    }

    public static int Nullables(int i)
    {
        int? n = i > 3 ? i : null;
        return n.GetValueOrDefault(2)
            + (n.HasValue ? n.Value : 0)
            + (n == 4 ? 1 : 0)
            + n.GetHashCode()
            + Nullable.Compare(n, 4)
            + (Nullable.Equals(n, 3) ? 1 : 0);
    }

    public static int Enums(int i) =>
        (Enum.IsDefined((DayOfWeek)(i % 7)) ? 1 : 0)
        + (((AttributeTargets)i).HasFlag(AttributeTargets.Class) ? 1 : 0)
        + (int)(Enum.TryParse("Friday", out DayOfWeek day) ? day : 0)
        + (Enum.GetName(DayOfWeek.Friday)!.Length)
        + ((DayOfWeek)1).GetHashCode();

    public static int Types(int i) =>
        (typeof(int) == s_boxed.GetType() ? 1 : 0)
        + (typeof(int).IsValueType ? i : 0)
        + (typeof(Row).IsAssignableFrom(typeof(object)) ? 1 : 0)
        + Type.GetTypeCode(typeof(int)).GetHashCode()
        + typeof(int).Name.Length
        + (typeof(int).IsEnum ? 1 : 0);

    public static int Randoms(int i)
    {
        s_random.NextBytes(stackalloc byte[4]);
        return s_random.Next(3) + Random.Shared.Next(1, 4) + (int)Random.Shared.NextDouble() + (int)Random.Shared.NextInt64() + i;
    }

    public static int Shuffles(int i)
    {
        Random.Shared.Shuffle(s_other);
        Random.Shared.GetItems<int>(s_numbers, stackalloc int[3]);
        return i;
    }

    public static int Kept(int i) =>
        s_lazy.Value.Length + (s_lazy.IsValueCreated ? 1 : 0) + (s_weak.TryGetTarget(out string? text) ? text.Length : i);

    public static int Versions(int i) =>
        s_version.Major + s_version.CompareTo(s_otherVersion) + (s_version == s_otherVersion ? 1 : 0) + s_uri.Port + (s_uri.IsAbsoluteUri ? i : 0);

    public static int Streams(int i)
    {
        s_stream.Position = 0;
        s_stream.Write("abc"u8);
        s_stream.WriteByte(1);
        s_stream.Seek(0, SeekOrigin.Begin);
        return s_stream.ReadByte() + s_stream.Read(stackalloc byte[2]) + (int)s_stream.Length + i;
    }

    public static int Paths(int i) =>
        Path.GetFileName("a/b.c".AsSpan()).Length
        + Path.GetExtension("a/b.c".AsSpan()).Length
        + (Path.IsPathRooted("a") ? 1 : 0)
        + (Path.TryJoin("a", "b", stackalloc char[8], out int n) ? n : i);

    public static int Indexes(int i)
    {
        (int offset, int length) = (1..^1).GetOffsetAndLength(8);
        return offset + length + (^2).GetOffset(8) + Index.FromEnd(2).Value + new Range(1, 2).End.Value + s_numbers[^1] + i;
    }

    public static int Crypto(int i) =>
        System.Security.Cryptography.SHA256.HashData("abc"u8, stackalloc byte[32])
        + (System.Security.Cryptography.CryptographicOperations.FixedTimeEquals("ab"u8, "ac"u8) ? 1 : 0)
        + System.Security.Cryptography.RandomNumberGenerator.GetInt32(3)
        + i;

    public static int Regexes(int i) => s_regex.IsMatch("abc12".AsSpan()) && s_regex.IsMatch("abc") ? s_regex.Count("12 13") : Matches(i);

    public static int JsonRead(int i)
    {
        var reader = new System.Text.Json.Utf8JsonReader("{\"a\":12}"u8);
        while (reader.Read())
        {
            if (reader.TokenType == System.Text.Json.JsonTokenType.Number)
            {
                i += reader.GetInt32();
            }
            else if (reader.TokenType == System.Text.Json.JsonTokenType.PropertyName && reader.ValueTextEquals("a"u8))
            {
                i += reader.ValueSpan.Length;
            }
        }
        return i;
    }

    public static int Environments(int i) =>
        (OperatingSystem.IsWindows() ? 1 : 0)
        + (Environment.HasShutdownStarted ? 1 : 0)
        + (BitConverter.IsLittleEndian ? 1 : 0)
        + Environment.NewLine.Length
        + (Environment.Is64BitProcess ? 1 : 0)
        + AppContext.BaseDirectory.Length
        + i;

    private static int Matches(int n)
    {
        foreach (var match in s_regex.EnumerateMatches("abc 12"))
        {
            n += match.Index + match.Length;
        }
        return n;
    }

    private static readonly System.Text.RegularExpressions.Regex s_regex = new("[0-9]+", System.Text.RegularExpressions.RegexOptions.Compiled);
}
