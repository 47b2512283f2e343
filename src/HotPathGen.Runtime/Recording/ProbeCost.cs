using System.Runtime.CompilerServices;

namespace HotPathGen.Runtime;

/// <summary>
/// What a frame costs, measured at start-up in under a millisecond: the best of some rounds, since whatever disturbs a round makes it longer.
/// A frame in cold caches costs more than what is subtracted, never less.
/// </summary>
internal static unsafe class ProbeCost
{
    private const int Rounds = 16;
    private const int FramesPerRound = 512;

    /// <summary>Measured once, after <see cref="Session"/> is set up and before any frame of a user.</summary>
    static ProbeCost()
    {
        if (Session.IsPrimary && Session.Cells->Clock != ClockKind.None)
            Recorder.RunApart(&Measure);
    }

    public static void EnsureMeasured() => RuntimeHelpers.RunClassConstructor(typeof(ProbeCost).TypeHandle);

    private static void Measure()
    {
        var cells = Session.Cells;
        long inner = long.MaxValue, whole = long.MaxValue;
        for (int i = 0; i < Rounds; i++)
        {
            var (roundInner, roundWhole) = Round();
            inner = Math.Min(inner, roundInner);
            whole = Math.Min(whole, roundWhole);
        }
        cells->InnerTicks = inner;
        cells->FrameTicks = whole;
    }

    /// <summary>Empty frames, opened and left as generated code does, inside one that sees what they cost it.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static (long Inner, long Whole) Round()
    {
        var outer = Recorder.Enter(0);
        long start = Clock.Now();
        for (int i = 0; i < FramesPerRound; i++)
        {
            var frame = Frame.Enter(1);
            try
            {
            }
            finally
            {
                frame.Exit(true);
            }
        }
        long whole = (Clock.Now() - start) / FramesPerRound;
        long inner = outer->NestedTicks / FramesPerRound;
        Recorder.Exit(outer);
        return (inner, whole);
    }
}
