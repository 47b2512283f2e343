using System.Globalization;
using Accuracy;

switch (args)
{
    case ["bytes"]:
        BytesTable.Print();
        return 0;
    case ["memory-diagnoser"]:
        MemoryDiagnoserTable.Print();
        return 0;
    case ["known", var threads, .. var more]:
        KnownTotals.Run(int.Parse(threads, CultureInfo.InvariantCulture), underCollections: more is ["collecting"]);
        return 0;
#if HOTPATH_INSTRUMENTATION
    case ["time"]:
        TimeTable.Print();
        return 0;
    case ["async"]:
        TimeTable.PrintAsync();
        return 0;
    case ["levels"]:
        LevelTable.Print();
        return 0;
#endif
    default:
        Console.Error.WriteLine(
            """
            usage: dotnet run --project playground/Accuracy -c Release -p:HotPathInstrumentation=true -- <table>

              bytes              bytes of 1,000 calls of each method, as allocated and as reported; without the switch, as allocated in production
              time               reported means beside a stopwatch round the original body (measured builds only)
              async              the same for wall times of async methods that wait for a file (measured builds only)
              levels             how much each level of recording slows nested short methods down, and their reported means (measured builds only)
              memory-diagnoser   bytes of a call as BenchmarkDotNet sees them
              known <threads> [collecting]
                                 threads that allocate what is known, with garbage collected without pause if asked, and what that must come to
            """
        );
        return 2;
}
