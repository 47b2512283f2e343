using BenchmarkDotNet.Attributes;

namespace Overhead;

/// <summary>One hot method on one thread, and on two threads at once. The difference is what the second thread costs the first.</summary>
public class TwoThreads
{
    // There are enough calls that the barriers at both ends do not matter.
    private const int Calls = 1_000_000;

    private readonly List<Worker> _workers = [];

    [GlobalSetup]
    public void Start() => _workers.AddRange([new(), new()]);

    [Benchmark(Baseline = true, Description = "one thread", OperationsPerInvoke = Calls)]
    public void One()
    {
        _workers[0].Begin();
        _workers[0].End();
    }

    [Benchmark(Description = "each of two threads", OperationsPerInvoke = Calls)]
    public void Two()
    {
        _workers[0].Begin();
        _workers[1].Begin();
        _workers[0].End();
        _workers[1].End();
    }

    [GlobalCleanup]
    public void Stop() => _workers.ForEach(worker => worker.Dispose());

    private sealed class Worker : IDisposable
    {
        private readonly SemaphoreSlim _begin = new(0),
            _end = new(0);
        private readonly Thread _thread;
        private volatile bool _isDone;

        public Worker()
        {
            _thread = new(Run);
            _thread.Start();
        }

        public int Sum { get; private set; }

        public void Begin() => _begin.Release();

        public void End() => _end.Wait();

        public void Dispose()
        {
            _isDone = true;
            _begin.Release();
            _thread.Join();
            _begin.Dispose();
            _end.Dispose();
        }

        private void Run()
        {
            while (true)
            {
                _begin.Wait();
                if (_isDone)
                {
                    return;
                }

                Sum += CallAll();
                _end.Release();
            }
        }

        private static int CallAll()
        {
            int sum = 0;
            for (int i = 0; i < Calls; i++)
            {
                sum += Work.Instrumented(i);
            }

            return sum;
        }
    }
}
