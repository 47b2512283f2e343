namespace HotPathGen.Runtime;

/// <summary>
/// Chooses which of a method's two bodies a call runs. In each group of <c>HOTPATH_CONTROL</c> calls, one call is the control. Its place differs
/// from group to group, so that no periodic behaviour of the program falls between the controls. The places are the same in every run.
/// </summary>
/// <param name="controlEvery">The size of a group; 0 for no control calls.</param>
/// <param name="probeEvery">One in so many of the other calls runs the instrumented body; 0 for none.</param>
internal sealed class BodyChoice(int controlEvery, int probeEvery)
{
    /// <summary>The largest number of consecutive calls that are decided at once.</summary>
    public const int LongestRun = 16;

    public static readonly BodyChoice Current = new(Settings.Current.ControlEvery, Settings.Current.ProbeEvery);

    /// <summary>Whether any call runs an instrumented body.</summary>
    public bool MayProbe => probeEvery > 0 && controlEvery != 1;

    /// <summary>Whether call number <paramref name="call"/> of one thread and method, from 0, runs the instrumented body.</summary>
    public bool IsProbing(int method, long call)
    {
        if (!MayProbe)
        {
            return false;
        }

        if (controlEvery > 0)
        {
            long group = Math.DivRem(call, controlEvery, out long place);
            // The first call of a method runs the instrumented body, because it may be the only call.
            long control = group == 0 ? 1 + Mix(method, group) % (controlEvery - 1) : Mix(method, group) % controlEvery;
            if (place == control)
            {
                return false;
            }
        }
        return probeEvery == 1 || call == 0 || Mix(method, ~call) % probeEvery == 0;
    }

    /// <summary>
    /// Returns how many calls, from number <paramref name="call"/> on, run the same body as that call; at most <see cref="LongestRun"/>.
    /// </summary>
    public int RunFrom(int method, long call)
    {
        bool isProbing = IsProbing(method, call);
        int run = 1;
        while (run < LongestRun && IsProbing(method, call + run) == isProbing)
        {
            run++;
        }

        return run;
    }

    // Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014: the finalizer of SplitMix64.
    private static long Mix(int method, long number)
    {
        ulong z = (ulong)method * 0x9E3779B97F4A7C15 + (ulong)number;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return (long)((z ^ (z >> 31)) >> 1);
    }
}
