using System.Diagnostics;

namespace DocSearch;

/// <summary>Measures what a document costs in the two ways to index. They run on one thread and take turns.</summary>
internal static class Comparison
{
    private const int Rounds = 5;

    public static void Print(IReadOnlyList<Document> documents)
    {
        List<Cost> before = [],
            after = [],
            settled = [];
        long tokens = 0;

        using (var progress = new ProgressLine())
        {
            // Round 0 does not count: in it, the JIT compiles.
            for (int round = 0; round <= Rounds; round++)
            {
                progress.Begin($"indexing {documents.Count:N0} documents, round {round} of {Rounds}");
                var first = new IndexPartition(0, documents.Count);
                var lean = new LeanPartition(0, documents.Count);
                Cost ofFirst = Measure(first),
                    ofLean = Measure(lean);
                lean.Clear();
                var ofSettled = Measure(lean);
                tokens = lean.Lengths.Sum(length => (long)length);

                if (round > 0)
                {
                    before.Add(ofFirst);
                    after.Add(ofLean);
                    settled.Add(ofSettled);
                }
            }
        }

        Console.WriteLine($"{documents.Count:N0} documents, {tokens:N0} tokens, one thread, medians of {Rounds} rounds");
        Console.WriteLine("| | time per document | of before | bytes per document | bytes per token |");
        Console.WriteLine("|---|---:|---:|---:|---:|");
        Row("before", before);
        Row("after", after);
        Row("after, once the terms are known", settled);

        void Row(string name, List<Cost> costs)
        {
            double ns = Median(costs.Select(cost => cost.Ns)) / documents.Count;
            double ratio = Median(costs.Zip(before, (cost, other) => cost.Ns / other.Ns));
            double bytes = Median(costs.Select(cost => (double)cost.Bytes));
            Console.WriteLine($"| {name} | {ns / 1000:F1} µs | {ratio:F2} | {bytes / documents.Count:N0} | {bytes / tokens:N1} |");
        }

        Cost Measure(Partition partition)
        {
            GC.Collect();
            long bytes = GC.GetAllocatedBytesForCurrentThread();
            long start = Stopwatch.GetTimestamp();
            partition.Fill(documents);
            double ns = Stopwatch.GetElapsedTime(start).TotalNanoseconds;
            return new Cost(ns, GC.GetAllocatedBytesForCurrentThread() - bytes);
        }
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Rounds / 2);

    private readonly record struct Cost(double Ns, long Bytes);
}
