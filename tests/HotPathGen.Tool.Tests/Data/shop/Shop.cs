using System.Text;
using HotPathGen;

// The program that the snapshots in this folder are of, in two versions: AFTER allocates more in one place and less in another, is slower
// in one, and has methods that are new, gone, moved and renamed. Runs without tiering, HOTPATH_SITES and HOTPATH_CONTROL as they are.
int sum = 0;
for (int i = 0; i < 2_000; i++)
{
    var cart = new Shop.Cart(i);
    sum += cart.Total(i) + cart.Describe().Length + Shop.Parser.CountWords("bread butter  milk") + Shop.Work.Spin();
    sum += Shop.Kept.Describe(cart).Length + await Shop.Work.LaterAsync(i);
#if AFTER
    sum += Shop.Parts.Label.Print(cart).Length + Shop.Cart.Rounded(i);
#else
    sum += Shop.Label.Print(cart).Length + Shop.Cart.Round(i);
#endif
}
Console.WriteLine(sum);

namespace Shop
{
    public sealed class Cart(int count)
    {
        [Instrument(MaxBytesPerCall = 0)]
        public int Total(int price) => count * price & 1023;

        [Instrument]
        public string Describe()
        {
#if AFTER
            string name = "cart of " + count;
            return name.ToUpperInvariant();
#else
            return "cart of " + count;
#endif
        }

        [Instrument]
        public static void NeverCalled() => throw new InvalidOperationException();

#if AFTER
        [Instrument]
        public static int Rounded(int price) => price / 10 * 10;
#else
        [Instrument]
        public static int Round(int price) => price / 10 * 10;
#endif
    }

    public static class Parser
    {
        [Instrument]
        public static int CountWords(string text)
        {
#if AFTER
            int words = 0;
            foreach (Range _ in text.AsSpan().Split(' '))
                words++;
            return words;
#else
            return text.Split(' ').Length;
#endif
        }
    }

    public static class Work
    {
#if AFTER
        private const int Rounds = 3_000;
#else
        private const int Rounds = 2_000;
#endif

        [Instrument]
        public static int Spin()
        {
            uint state = 1;
            for (int i = 0; i < Rounds; i++)
                state = (state * 1664525 + 1013904223) ^ (state >> 7);
            return (int)(state & 1);
        }

        [Instrument]
        public static async Task<int> LaterAsync(int value)
        {
            if (value % 100 == 0)
                await Task.Yield();
            return value;
        }
    }

    public static class Kept
    {
        [Instrument]
        public static string Describe(Cart cart) => cart.Describe();
    }
}

#if AFTER
namespace Shop.Parts
#else
namespace Shop
#endif
{
    public static class Label
    {
        [Instrument]
        public static string Print(Cart cart)
        {
            var text = new StringBuilder();
            text.Append("label ").Append(cart.Total(1));
            return text.ToString();
        }
    }
}
