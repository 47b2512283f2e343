using System.Text.Json;

namespace HotPathGen.Tests.Recording;

/// <summary>What the process allocated, and its processor time, since the last reset.</summary>
[NonParallelizable]
public sealed class ProcessShareTests
{
    private static object? s_kept;

    [Test]
    public void Bytes_and_processor_time_of_the_process_count_from_the_reset_on()
    {
        const long Bytes = 20_000 * 1024;
        Work();
        long bytesBefore = GC.GetTotalAllocatedBytes(precise: true);
        var timeBefore = Environment.CpuUsage.TotalTime;
        HotPath.Reset();
        var spent = Work();
        var process = Read();
        long bytes = GC.GetTotalAllocatedBytes(precise: true) - bytesBefore;
        var time = Environment.CpuUsage.TotalTime - timeBefore;

        Assert.Multiple(() =>
        {
            Assert.That(process.GetProperty("allocatedBytes").GetInt64(), Is.InRange(Bytes, bytes));
            Assert.That(process.GetProperty("processorNs").GetInt64(), Is.InRange((long)spent.TotalNanoseconds, (long)time.TotalNanoseconds));
        });

        static TimeSpan Work()
        {
            var start = Environment.CpuUsage.TotalTime;
            for (int i = 0; i < 20_000; i++)
            {
                s_kept = new byte[1000];
            }

            while (Environment.CpuUsage.TotalTime - start < TimeSpan.FromMilliseconds(50)) { }
            return Environment.CpuUsage.TotalTime - start;
        }
    }

    [Test]
    public void A_snapshot_that_a_hot_method_takes_allocates_nothing_of_its_own()
    {
        var hot = new Hot();
        HotPath.Reset();
        hot.Run(static () => HotPath.Snapshot());
        string path = Path.GetTempFileName();
        hot.Run(() => HotPath.WriteSnapshot(path));
        File.Delete(path);

        Assert.That(hot.Read().InclusiveBytes, Is.Zero);
        Assert.That(Read().GetProperty("ownBytes").GetInt64(), Is.GreaterThan(20_000));
    }

    private static JsonElement Read() => new Hot().Read().Snapshot.GetProperty("process");
}
