using System.Collections.Concurrent;

namespace Allocations.Methods;

[Instrument]
internal static class Collections
{
    private static readonly List<int> s_reused = new(16);
    private static readonly HashSet<int> s_set = [1, 2, 3];
    private static readonly Queue<int> s_queue = new([1, 2, 3]);
    private static readonly Stack<int> s_stack = new([1, 2, 3]);
    private static readonly ConcurrentDictionary<int, int> s_concurrent = new([KeyValuePair.Create(1, 2)]);
    private static readonly SortedDictionary<int, int> s_sorted = new() { [1] = 2 };
    private static readonly System.Collections.Immutable.ImmutableArray<int> s_immutable = [1, 2, 3];
    private static readonly LinkedList<int> s_linked = new([1, 2, 3]);
    private static readonly IEnumerable<int> s_enumerable = new SortedSet<int> { 1, 2, 3 };
    private static readonly IReadOnlyList<int> s_readOnly = Sink.List;

    public static int Growing(int i)
    {
        var list = new List<int>();
        for (int k = 0; k < 20; k++)
        {
            list.Add(i);
        }
        return list.Count;
    }

    public static int KnownCapacity(int i)
    {
        var list = new List<int>(20);
        for (int k = 0; k < 20; k++)
        {
            list.Add(i);
        }
        return list.Count;
    }

    public static int Reused(int i)
    {
        s_reused.Clear();
        for (int k = 0; k < 8; k++)
        {
            s_reused.Add(i);
        }
        return s_reused.Count;
    }

    public static int ForeachList(int i)
    {
        foreach (int number in Sink.List)
        {
            i += number;
        }
        return i;
    }

    public static int ForeachArray(int i)
    {
        foreach (int number in Sink.Numbers)
        {
            i += number;
        }
        return i;
    }

    public static int ForeachDictionary(int i)
    {
        foreach (var (key, value) in Sink.Map)
        {
            i += key.Length * value;
        }
        return i;
    }

    public static int ForeachKeys(int i)
    {
        foreach (string key in Sink.Map.Keys)
        {
            i += key.Length;
        }
        return i;
    }

    public static int ForeachSet(int i)
    {
        foreach (int number in s_set)
        {
            i += number;
        }
        return i;
    }

    public static int ForeachImmutable(int i)
    {
        foreach (int number in s_immutable)
        {
            i += number;
        }
        return i;
    }

    public static int ForeachLinked(int i)
    {
        foreach (int number in s_linked)
        {
            i += number;
        }
        return i;
    }

    public static int ForeachSorted(int i)
    {
        foreach (var (key, value) in s_sorted)
        {
            i += key * value;
        }
        return i;
    }

    public static int ForeachEnumerable(int i)
    {
        foreach (int number in s_enumerable)
        {
            i += number;
        }
        return i;
    }

    public static int ForeachConcurrent(int i)
    {
        foreach (var (key, value) in s_concurrent)
        {
            i += key * value;
        }
        return i;
    }

    public static int ForeachSpan(int i)
    {
        foreach (int number in Sink.Numbers.AsSpan())
        {
            i += number;
        }
        return i;
    }

    public static int ForeachIterator(int i)
    {
        foreach (int number in Upto(3))
        {
            i += number;
        }
        return i;
    }

    public static int IndexedReadOnly(int i)
    {
        for (int k = 0; k < s_readOnly.Count; k++)
        {
            i += s_readOnly[k];
        }
        return i;
    }

    public static int Looked(int i) => Sink.Map.TryGetValue("one", out int value) ? value + i : 0;

    public static int LookedByIndexer(int i) => Sink.Map["two"] + i;

    public static int ContainsKey(int i) => Sink.Map.ContainsKey("two") ? i : 0;

    public static int SetContains(int i) => s_set.Contains(i & 3) ? 1 : 0;

    public static int ListContains(int i) => Sink.List.Contains(i & 7) ? 1 : 0;

    public static int ListIndexOf(int i) => Sink.List.IndexOf(i & 7);

    public static int Filled(int i) => new Dictionary<int, int> { [i] = 1, [i + 1] = 2 }.Count;

    public static int Queued(int i)
    {
        s_queue.Enqueue(i);
        return s_queue.Dequeue();
    }

    public static int Pushed(int i)
    {
        s_stack.Push(i);
        return s_stack.Pop();
    }

    public static int LinkedAgain(int i)
    {
        s_linked.RemoveFirst();
        s_linked.AddLast(i);
        return i;
    }

    public static int ConcurrentLookup(int i) => s_concurrent.TryGetValue(1, out int value) ? value + i : 0;

    public static int ConcurrentGetOrAdd(int i) => s_concurrent.GetOrAdd(1, static key => key + 1) + i;

    public static int ListToArray(int i) => Sink.List.ToArray().Length + i;

    public static int ListRange(int i) => Sink.List.GetRange(1, 2).Count + i;

    public static int ListFind(int i) => Sink.List.Find(static x => x > 2) + i;

    public static int ListAsSpan(int i) => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(Sink.List)[i & 3];

    public static int ListSum(int i)
    {
        for (int k = 0; k < Sink.List.Count; k++)
        {
            i += Sink.List[k];
        }
        return i;
    }

    public static int HashSetFromArray(int i) => new HashSet<int>(Sink.Numbers).Count + i;

    public static int ReadOnlyWrapped(int i) => Sink.List.AsReadOnly().Count + i;

    public static int Where(int i) => Sink.List.Where(x => x > 1).Count() + i;

    public static int Pipeline(int i) => Sink.List.Where(static x => x > 1).Select(static x => x * 2).Sum() + i;

    public static int SumOfList(int i) => Sink.List.Sum() + i;

    public static int AnyOfList(int i) => Sink.List.Any() ? i : 0;

    public static int CountOfArray(int i) => Sink.Numbers.Count() + i;

    public static int FirstOfArray(int i) => Sink.Numbers.First() + i;

    public static int MaxOfArray(int i) => Sink.Numbers.Max() + i;

    public static int ContainsInArray(int i) => Sink.Numbers.Contains(i & 3) ? 1 : 0;

    public static int CountCapturing(int i) => Sink.Numbers.Count(x => x > i);

    public static int AnyCapturing(int i) => Sink.List.Any(x => x > i) ? 1 : 0;

    public static int FirstCapturing(int i) => Sink.List.First(x => x > (i & 1));

    public static int AllCapturing(int i) => Sink.List.All(x => x > i) ? 1 : 0;

    public static int AnyByLoop(int i)
    {
        return AnyMatch(Sink.List) ? 1 : 0;
        bool AnyMatch(List<int> source)
        {
            foreach (int x in source)
            {
                if (x > i)
                {
                    return true;
                }
            }
            return false;
        }
    }

    public static int FirstOfImmutable(int i) => s_immutable.First() + i;

    public static int ToList(int i) => Sink.Numbers.ToList().Count + i;

    public static int RangeToArray(int i) => Enumerable.Range(i, 5).ToArray().Length;

    public static int OrderBy(int i) => Sink.Numbers.OrderBy(static x => -x).First() + i;

    public static int Query(int i) => (from number in Sink.Numbers where number > 2 select number).Count() + i;

    public static int Distinct(int i) => Sink.Numbers.Distinct().Count() + i;

    private static IEnumerable<int> Upto(int end)
    {
        for (int k = 0; k < end; k++)
        {
            yield return k;
        }
    }
}
