using HotPathGen;

// The program that the snapshots in this folder are of, in two versions: AFTER allocates one string more in a call. Its methods are short, so that
// the level light records only some of their calls. Runs without tiering.
long sum = 0;
for (int i = 0; i < 400_000; i++)
{
    sum += Sampled.Names.Rounded(i) + Sampled.Names.Of(i).Length;
}

for (int i = 0; i < 300; i++)
{
    sum += Sampled.Work.Spin();
}

Console.WriteLine(sum);

namespace Sampled
{
    public static class Names
    {
        private static readonly int[] s_lengths = [1, 8, 2, 40, 3, 200, 5, 1_000];

        [Instrument]
        public static int Rounded(int price) => price / 10 * 10;

        // The length follows no pattern that calls would repeat.
        [Instrument]
        public static string Of(int number)
        {
            int length = s_lengths[(uint)(number * -1640531535) >> 29];
#if AFTER
            return new string('a', length) + new string('b', 20);
#else
            return new string('a', length);
#endif
        }
    }

    public static class Work
    {
        [Instrument]
        public static int Spin()
        {
            uint state = 1;
            for (int i = 0; i < 20_000; i++)
                state = (state * 1664525 + 1013904223) ^ (state >> 7);
            return (int)(state & 1);
        }
    }
}
