using System.Diagnostics;
using System.Globalization;
using System.Text;
using HotPathGen.Tool.Snapshots;
using HotPathGen.Tool.Tests.Data;

namespace HotPathGen.Tool.Tests.Snapshots;

/// <summary>The memory that a merge needs: the peak of the real process, read while it runs.</summary>
[TestFixture]
public sealed class MergeScaleTests
{
    private const int Methods = 10_000;
    private const long MaxBytes = 1_000_000_000;

    [Test]
    public void Three_snapshots_of_10000_methods_merge_in_less_than_a_gigabyte() => AssertMerges(3);

    /// <summary>
    /// This writes ten gigabytes of files and takes some minutes:
    /// <c>dotnet test tests/HotPathGen.Tool.Tests -c Release --filter Name~Two_hundred</c>
    /// </summary>
    [Test, Explicit]
    public void Two_hundred_snapshots_of_10000_methods_merge_in_less_than_a_gigabyte() => AssertMerges(200);

    private static void AssertMerges(int count)
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["runs"]);
        byte[] snapshot = LargeSnapshot();
        int start = snapshot.AsSpan().IndexOf("\"start\": \""u8) + "\"start\": \""u8.Length;
        for (int i = 0; i < count; i++)
        {
            Encoding
                .UTF8.GetBytes(DateTime.UnixEpoch.AddSeconds(i).ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture))
                .CopyTo(snapshot.AsSpan(start));
            File.WriteAllBytes(folder[$"runs/{i:000}.hotpath.json"], snapshot);
        }

        var timer = Stopwatch.StartNew();
        long peak = PeakOf(folder["runs"], folder["merged.hotpath.json"]);

        TestContext.Out.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{count} snapshots of {snapshot.Length / 1e6:0} MB: peak {peak / 1e6:0} MB, {timer.Elapsed.TotalSeconds:0} s"
            )
        );
        Assert.That(peak, Is.InRange(100_000_000, MaxBytes));
        var merged = SnapshotReader.Read(folder["merged.hotpath.json"]);
        Assert.That((merged.Methods.Length, merged.RunCount), Is.EqualTo((Methods, count)));
    }

    /// <summary>The methods of DocSearch, repeated under other names, and twice as many contexts: each method is in two.</summary>
    private static byte[] LargeSnapshot()
    {
        var small = SnapshotReader.Read(RecordedSnapshot.DocSearch);
        var methods = small.Methods.Where(m => m.Form != MethodForm.Block).ToArray();
        var large = small with
        {
            Methods =
            [
                .. Enumerable.Range(0, Methods).Select(i => methods[i % methods.Length] with { Id = $"{methods[i % methods.Length].Id}#{i}" }),
            ],
            Contexts =
            [
                .. Enumerable
                    .Range(0, 2 * Methods)
                    .Select(i =>
                        small.Contexts[i % small.Contexts.Length] with
                        {
                            Id = i,
                            Parent = i == 0 ? null : (i - 1) / 3,
                            Method = i % Methods,
                        }
                    ),
            ],
        };
        using var written = new MemoryStream();
        SnapshotWriter.Write(written, large);
        return written.ToArray();
    }

    private static long PeakOf(string folder, string output)
    {
        using var process = Process.Start(
            new ProcessStartInfo("dotnet", [typeof(CommandLine).Assembly.Location, "merge", folder, "-o", output]) { RedirectStandardError = true }
        )!;
        var error = process.StandardError.ReadToEndAsync();
        long peak = 0;
        while (!process.WaitForExit(10))
        {
            process.Refresh();
            try
            {
                peak = Math.Max(peak, process.PeakWorkingSet64);
            }
            catch (InvalidOperationException) when (process.HasExited)
            {
                break;
            }
        }
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero, error.Result);
        return peak;
    }
}
