using HotPathGen.CodeFixes;

namespace HotPathGen.Generator.Tests;

/// <summary>A program before and after a fix. Both are run; <c>Hot</c> is the method whose bytes count.</summary>
/// <param name="Saves">False where only the form changes and no byte is saved.</param>
internal sealed record FixCase(string Name, Fix Fix, string Before, string After, bool Saves = true)
{
    public override string ToString() => Name;
}

/// <summary>The exact results of fixes, including white space.</summary>
internal static class FixCases
{
    public static IEnumerable<FixCase> All =>
        [
            new(
                "a pair",
                new PairFix(),
                Whole(
                    """
                        /// <summary>Counts.</summary>
                        [Instrument]
                        public static int Hot(string text) // why
                            => text.Length; // and this
                    """,
                    "Hot(\"abc\")"
                ),
                Whole(
                    """
                        /// <summary>Counts.</summary>
                        [Instrument]
                        public static partial int Hot(string text);

                        private static int HotCore(string text) // why
                            => text.Length; // and this
                    """,
                    "Hot(\"abc\")",
                    "partial "
                ),
                Saves: false
            ),
            new(
                "a pair of an async generic extension with defaults over lines",
                new PairFix(),
                Whole(
                    """
                        [Instrument, MethodImpl(MethodImplOptions.NoInlining)]
                        static async Task<string> Hot<T>(
                            this T value, // the value
                            int times = 2,
                            params T[] more)
                            where T : notnull
                        {
                            await Task.Yield();
                            return value.ToString() + times + more.Length;
                        }
                    """,
                    "1.Hot().Result + Hot(2, 3, 4, 5).Result"
                ),
                Whole(
                    """
                        [Instrument, MethodImpl(MethodImplOptions.NoInlining)]
                        private static partial Task<string> Hot<T>(
                            this T value, // the value
                            int times = 2,
                            params T[] more)
                            where T : notnull;

                        [MethodImpl(MethodImplOptions.NoInlining)] private static async Task<string> HotCore<T>(
                            T value, 
                            int times,
                            T[] more) where T : notnull
                        {
                            await Task.Yield();
                            return value.ToString() + times + more.Length;
                        }
                    """,
                    "1.Hot().Result + Hot(2, 3, 4, 5).Result",
                    "partial "
                ),
                Saves: false
            ),
            new(
                "state for GetOrAdd",
                new StaticLambdaFix(),
                Whole(
                    """
                        private static readonly System.Collections.Concurrent.ConcurrentDictionary<string, string> s_known = new();

                        [Instrument]
                        public static string Hot(string prefix) => s_known.GetOrAdd(
                            "key", /* first */ key => prefix + key); // last
                    """,
                    "Hot(\"a\") + Hot(\"b\")"
                ),
                Whole(
                    """
                        private static readonly System.Collections.Concurrent.ConcurrentDictionary<string, string> s_known = new();

                        [Instrument]
                        public static string Hot(string prefix) => s_known.GetOrAdd(
                            "key", /* first */ static (key, prefix) => prefix + key, prefix); // last
                    """,
                    "Hot(\"a\") + Hot(\"b\")"
                )
            ),
            new(
                "two variables as state",
                new StaticLambdaFix(),
                Whole(
                    """
                        private static readonly System.Collections.Concurrent.ConcurrentDictionary<int, string> s_known = new();

                        [Instrument]
                        public static string Hot(string prefix)
                        {
                            string suffix = prefix + "!";
                            return s_known.GetOrAdd(7, (key) =>
                            {
                                // Both.
                                return prefix + key + suffix;
                            });
                        }
                    """,
                    "Hot(\"a\") + Hot(\"b\")"
                ),
                Whole(
                    """
                        private static readonly System.Collections.Concurrent.ConcurrentDictionary<int, string> s_known = new();

                        [Instrument]
                        public static string Hot(string prefix)
                        {
                            string suffix = prefix + "!";
                            return s_known.GetOrAdd(7, static (key, state) =>
                            {
                                // Both.
                                return state.prefix + key + state.suffix;
                            }, (prefix, suffix));
                        }
                    """,
                    "Hot(\"a\") + Hot(\"b\")"
                )
            ),
            new(
                "this as state",
                new StaticLambdaFix(),
                """
                public sealed class Sample
                {
                    private readonly System.Collections.Concurrent.ConcurrentDictionary<int, string> _known = new();
                    private readonly string _prefix = "a";

                    [Instrument]
                    public string Hot(int id) => _known.GetOrAdd(id, key => _prefix + this.Name(key));

                    private string Name(int key) => $"{key}";

                    public static string Run() => new Sample() is var sample ? sample.Hot(1) + sample.Hot(2) + sample.Hot(1) : "";
                }
                """,
                """
                public sealed class Sample
                {
                    private readonly System.Collections.Concurrent.ConcurrentDictionary<int, string> _known = new();
                    private readonly string _prefix = "a";

                    [Instrument]
                    public string Hot(int id) => _known.GetOrAdd(id, static (key, self) => self._prefix + self.Name(key), this);

                    private string Name(int key) => $"{key}";

                    public static string Run() => new Sample() is var sample ? sample.Hot(1) + sample.Hot(2) + sample.Hot(1) : "";
                }
                """,
                // The JIT keeps the delegate off the heap once it inlines the method of the dictionary.
                Saves: false
            ),
            new(
                "state for string.Create that has some",
                new StaticLambdaFix(),
                Whole(
                    """
                        [Instrument]
                        public static string Hot(string text, char fill) => string.Create(text.Length + 1, text, (span, s) => { s.CopyTo(span); span[^1] = fill; });
                    """,
                    "Hot(\"abc\", '!')"
                ),
                Whole(
                    """
                        [Instrument]
                        public static string Hot(string text, char fill) => string.Create(text.Length + 1, (s: text, fill), static (span, state) => { state.s.CopyTo(span); span[^1] = state.fill; });
                    """,
                    "Hot(\"abc\", '!')"
                )
            ),
            new(
                "state instead of none for string.Create",
                new StaticLambdaFix(),
                Whole(
                    """
                        [Instrument]
                        public static string Hot(string text) => string.Create(text.Length, 0, (span, _) => text.CopyTo(span));
                    """,
                    "Hot(\"abc\")"
                ),
                Whole(
                    """
                        [Instrument]
                        public static string Hot(string text) => string.Create(text.Length, text, static (span, text) => text.CopyTo(span));
                    """,
                    "Hot(\"abc\")"
                )
            ),
            new(
                "state that is an object",
                new StaticLambdaFix(),
                Whole(
                    """
                        [Instrument]
                        public static void Hot(System.Threading.CancellationToken token, List<int> log) => token.Register(() => log.Add(1)).Dispose();

                        private static string Twice()
                        {
                            using var source = new System.Threading.CancellationTokenSource();
                            Hot(source.Token, []);
                            Hot(source.Token, []);
                            return "";
                        }
                    """,
                    "Twice()"
                ),
                Whole(
                    """
                        [Instrument]
                        public static void Hot(System.Threading.CancellationToken token, List<int> log) => token.Register(static (state) => ((List<int>)state!).Add(1), log).Dispose();

                        private static string Twice()
                        {
                            using var source = new System.Threading.CancellationTokenSource();
                            Hot(source.Token, []);
                            Hot(source.Token, []);
                            return "";
                        }
                    """,
                    "Twice()"
                )
            ),
            new(
                "state for a callback that gets none",
                new StaticLambdaFix(),
                Whole(
                    """
                        [Instrument]
                        public static void Hot(System.Threading.ManualResetEventSlim done) => System.Threading.ThreadPool.QueueUserWorkItem(_ => done.Set());

                        private static string Wait()
                        {
                            using var done = new System.Threading.ManualResetEventSlim();
                            Hot(done);
                            return done.Wait(10_000).ToString();
                        }
                    """,
                    "Wait()"
                ),
                Whole(
                    """
                        [Instrument]
                        public static void Hot(System.Threading.ManualResetEventSlim done) => System.Threading.ThreadPool.QueueUserWorkItem(static state => ((System.Threading.ManualResetEventSlim)state!).Set(), done);

                        private static string Wait()
                        {
                            using var done = new System.Threading.ManualResetEventSlim();
                            Hot(done);
                            return done.Wait(10_000).ToString();
                        }
                    """,
                    "Wait()"
                )
            ),
            new(
                "state for a task",
                new StaticLambdaFix(),
                Whole(
                    """
                        [Instrument]
                        public static Task<int> Hot(string text) => Task.Factory.StartNew(() => text.Length);
                    """,
                    "Hot(\"abc\").Result"
                ),
                Whole(
                    """
                        [Instrument]
                        public static Task<int> Hot(string text) => Task.Factory.StartNew(static (state) => ((string)state!).Length, text);
                    """,
                    "Hot(\"abc\").Result"
                )
            ),
            new(
                "state for what comes behind a task",
                new StaticLambdaFix(),
                Whole(
                    """
                        [Instrument]
                        public static Task<int> Hot(Task<int> task, string text) => task.ContinueWith(done => done.Result + text.Length, TaskScheduler.Default);
                    """,
                    "Hot(Task.FromResult(1), \"abc\").Result"
                ),
                Whole(
                    """
                        [Instrument]
                        public static Task<int> Hot(Task<int> task, string text) => task.ContinueWith(static (done, state) => done.Result + ((string)state!).Length, text, TaskScheduler.Default);
                    """,
                    "Hot(Task.FromResult(1), \"abc\").Result"
                )
            ),
            new(
                "params",
                new ParamsSpanFix(),
                Whole(
                    """
                        [Instrument]
                        public static int Hot(int a) => Sum(1, /* first */ a, 2) + Sum() + Sum(new[] { a, a });

                        private static int Sum(params int[] /* all */ values)
                        {
                            int sum = values.Length;
                            foreach (int value in values)
                            {
                                sum += value;
                            }

                            return sum;
                        }
                    """,
                    "Hot(3)"
                ),
                Whole(
                    """
                        [Instrument]
                        public static int Hot(int a) => Sum(1, /* first */ a, 2) + Sum() + Sum(new[] { a, a });

                        private static int Sum(params ReadOnlySpan<int> /* all */ values)
                        {
                            int sum = values.Length;
                            foreach (int value in values)
                            {
                                sum += value;
                            }

                            return sum;
                        }
                    """,
                    "Hot(3)"
                )
            ),
            new(
                "a part of a text as argument",
                new SubstringFix(),
                Whole(
                    """
                        [Instrument]
                        public static int Hot(string text) => int.Parse(text.Substring(1 /* one */, 3)) + text.Length;
                    """,
                    "Hot(\"x12345\")"
                ),
                Whole(
                    """
                        [Instrument]
                        public static int Hot(string text) => int.Parse(text.AsSpan(1 /* one */, 3)) + text.Length;
                    """,
                    "Hot(\"x12345\")"
                )
            ),
            new(
                "a range of a text",
                new SubstringFix(),
                Whole(
                    """
                        [Instrument]
                        public static int Hot(string text, System.Text.StringBuilder builder) => builder.Append(text[1..]).Append("-").Length;
                    """,
                    "Hot(\"x12345\", new())"
                ),
                Whole(
                    """
                        [Instrument]
                        public static int Hot(string text, System.Text.StringBuilder builder) => builder.Append(text.AsSpan(1..)).Append("-").Length;
                    """,
                    "Hot(\"x12345\", new())"
                )
            ),
            new(
                "a part in an interpolated string",
                new SubstringFix(),
                Whole(
                    """
                        [Instrument]
                        public static string Hot(string text, int n) => $"{n}: {text.Substring(2),5}";
                    """,
                    "Hot(\"x12345\", 2)"
                ),
                Whole(
                    """
                        [Instrument]
                        public static string Hot(string text, int n) => $"{n}: {text.AsSpan(2),5}";
                    """,
                    "Hot(\"x12345\", 2)"
                )
            ),
            new(
                "capacity of a list",
                new CapacityFix(),
                Whole(
                    """
                        [Instrument]
                        public static List<int> Hot(string[] texts)
                        {
                            var list = new List<int>(/* none */); // lengths
                            foreach (string text in texts)
                            {
                                int length = text.Length;
                                list.Add(length);
                            }

                            return list;
                        }
                    """,
                    "string.Join(',', Hot([\"a\", \"bc\", \"def\", \"\", \"e\"])) + Hot([]).Count"
                ),
                Whole(
                    """
                        [Instrument]
                        public static List<int> Hot(string[] texts)
                        {
                            var list = new List<int>(texts.Length/* none */); // lengths
                            foreach (string text in texts)
                            {
                                int length = text.Length;
                                list.Add(length);
                            }

                            return list;
                        }
                    """,
                    "string.Join(',', Hot([\"a\", \"bc\", \"def\", \"\", \"e\"])) + Hot([]).Count"
                )
            ),
            new(
                "capacity of a dictionary",
                new CapacityFix(),
                Whole(
                    """
                        [Instrument]
                        public static int Hot(List<string> texts)
                        {
                            Dictionary<string, int> places = new();
                            for (int i = 0; i < texts.Count; i++)
                                places.Add(texts[i], i);
                            return places.Count + places["c"];
                        }
                    """,
                    "Hot([\"a\", \"b\", \"c\", \"d\", \"e\"])"
                ),
                Whole(
                    """
                        [Instrument]
                        public static int Hot(List<string> texts)
                        {
                            Dictionary<string, int> places = new(texts.Count);
                            for (int i = 0; i < texts.Count; i++)
                                places.Add(texts[i], i);
                            return places.Count + places["c"];
                        }
                    """,
                    "Hot([\"a\", \"b\", \"c\", \"d\", \"e\"])"
                )
            ),
            new(
                "capacity of a text builder by a constant",
                new CapacityFix(),
                Whole(
                    """
                        [Instrument]
                        public static string Hot(char first)
                        {
                            var text = new System.Text.StringBuilder();
                            for (int i = 1; i <= 40; ++i)
                            {
                                text.Append((char)(first + i));
                            }

                            return text.ToString();
                        }
                    """,
                    "Hot('a')"
                ),
                Whole(
                    """
                        [Instrument]
                        public static string Hot(char first)
                        {
                            var text = new System.Text.StringBuilder(40);
                            for (int i = 1; i <= 40; ++i)
                            {
                                text.Append((char)(first + i));
                            }

                            return text.ToString();
                        }
                    """,
                    "Hot('a')"
                )
            ),
            new(
                "a filter before Any",
                new LinqFix(),
                Whole(
                    """
                        [Instrument]
                        public static bool Hot(List<int> values) => values.Where(value => value > 2)
                            .Any();
                    """,
                    "$\"{Hot([1, 2, 3])}{Hot([])}\""
                ),
                Whole(
                    """
                        [Instrument]
                        public static bool Hot(List<int> values) => values.Any(value => value > 2);
                    """,
                    "$\"{Hot([1, 2, 3])}{Hot([])}\""
                )
            ),
            new(
                "Any of a text",
                new LinqFix(),
                Whole(
                    """
                        [Instrument]
                        public static bool Hot(string text) => !text.Any() == (text.Length < 0);
                    """,
                    "$\"{Hot(\"a\")}{Hot(\"\")}\""
                ),
                Whole(
                    """
                        [Instrument]
                        public static bool Hot(string text) => (text.Length == 0) == (text.Length < 0);
                    """,
                    "$\"{Hot(\"a\")}{Hot(\"\")}\""
                )
            ),
            new(
                "First of a text",
                new LinqFix(),
                Whole(
                    """
                        [Instrument]
                        public static int Hot(string text) => text.First() /* 'a' */ + 1;
                    """,
                    "Hot(\"abc\")"
                ),
                Whole(
                    """
                        [Instrument]
                        public static int Hot(string text) => text[0] /* 'a' */ + 1;
                    """,
                    "Hot(\"abc\")"
                )
            ),
            new(
                "a loop for Any that captures",
                new LoopFix(),
                Whole(
                    """
                        [Instrument]
                        public static bool Hot(List<int> values, int least)
                        {
                            // Any at all?
                            return values.Any(value => value > least) /* not equal */ || least < 0; // else not
                        }
                    """,
                    "$\"{Hot([1, 2, 3], 2)}{Hot([1, 2, 3], 3)}{Hot([], -1)}\""
                ),
                Whole(
                    """
                        [Instrument]
                        public static bool Hot(List<int> values, int least)
                        {
                            // Any at all?
                            return AnyMatch(values) /* not equal */ || least < 0; // else not

                            bool AnyMatch(List<int> source)
                            {
                                foreach (int value in source)
                                {
                                    if (value > least)
                                    {
                                        return true;
                                    }
                                }

                                return false;
                            }
                        }
                    """,
                    "$\"{Hot([1, 2, 3], 2)}{Hot([1, 2, 3], 3)}{Hot([], -1)}\""
                )
            ),
            new(
                "a loop for First of a body that is an expression",
                new LoopFix(),
                Whole(
                    """
                        [Instrument]
                        public static string Hot(string[] source, int length)
                            => source.First(@string => @string.Length == length); // or none

                        private static string Failing()
                        {
                            try
                            {
                                return Hot(["a"], 2);
                            }
                            catch (InvalidOperationException exception)
                            {
                                return exception.Message;
                            }
                        }
                    """,
                    "Hot([\"a\", \"bb\", \"cc\"], 2) + Failing()"
                ),
                Whole(
                    """
                        [Instrument]
                        public static string Hot(string[] source, int length)
                        {
                            return FirstMatch(source);

                            string FirstMatch(string[] source2)
                            {
                                foreach (string @string in source2)
                                {
                                    if (@string.Length == length)
                                    {
                                        return @string;
                                    }
                                }

                                throw new System.InvalidOperationException("Sequence contains no matching element");
                            }
                        } // or none

                        private static string Failing()
                        {
                            try
                            {
                                return Hot(["a"], 2);
                            }
                            catch (InvalidOperationException exception)
                            {
                                return exception.Message;
                            }
                        }
                    """,
                    "Hot([\"a\", \"bb\", \"cc\"], 2) + Failing()"
                )
            ),
            new(
                "a loop for Count and a variable that changes",
                new LoopFix(),
                Whole(
                    """
                        [Instrument]
                        public static int Hot(HashSet<int> values)
                        {
                            int count = 0;
                            for (int i = 0; i < 2; i++)
                            {
                                int seen = i;
                                count += values.Count(value => value > seen++);
                                count += 100 * seen;
                            }

                            return count;
                        }
                    """,
                    "Hot([1, 2, 3, -4])"
                ),
                Whole(
                    """
                        [Instrument]
                        public static int Hot(HashSet<int> values)
                        {
                            int count = 0;
                            for (int i = 0; i < 2; i++)
                            {
                                int seen = i;
                                count += CountMatches(values);
                                count += 100 * seen;

                                int CountMatches(HashSet<int> source)
                                {
                                    int count2 = 0;
                                    foreach (int value in source)
                                    {
                                        if (value > seen++)
                                        {
                                            count2++;
                                        }
                                    }

                                    return count2;
                                }
                            }

                            return count;
                        }
                    """,
                    "Hot([1, 2, 3, -4])"
                )
            ),
            new(
                "a loop for All and FirstOrDefault over keys, in an instance",
                new LoopFix(),
                """
                public sealed class Sample
                {
                    private readonly int _least = 2;

                    [Instrument]
                    public int Hot(Dictionary<string, int> map)
                    {
                        if (!map.Values.All(value => value < 9 || value > _least))
                        {
                            return -1;
                        }

                        return map.Count;
                    }

                    public static string Run() => $"{new Sample().Hot(new() { ["a"] = 1 })}";
                }
                """,
                """
                public sealed class Sample
                {
                    private readonly int _least = 2;

                    [Instrument]
                    public int Hot(Dictionary<string, int> map)
                    {
                        if (!AllMatch(map.Values))
                        {
                            return -1;
                        }

                        return map.Count;

                        bool AllMatch(Dictionary<string, int>.ValueCollection source)
                        {
                            foreach (int value in source)
                            {
                                if (!(value < 9 || value > _least))
                                {
                                    return false;
                                }
                            }

                            return true;
                        }
                    }

                    public static string Run() => $"{new Sample().Hot(new() { ["a"] = 1 })}";
                }
                """
            ),
            new(
                "a loop for FirstOrDefault of anything",
                new LoopFix(),
                Whole(
                    """
                        [Instrument]
                        public static T? Hot<T>(List<T> values, T other) where T : class
                        {
                            return values.FirstOrDefault(value => value != other);
                        }
                    """,
                    "Hot([\"a\", \"b\"], \"a\") + Hot([\"c\"], \"c\")"
                ),
                Whole(
                    """
                        [Instrument]
                        public static T? Hot<T>(List<T> values, T other) where T : class
                        {
                            return FirstMatchOrDefault(values);

                            T? FirstMatchOrDefault(List<T> source)
                            {
                                foreach (T value in source)
                                {
                                    if (value != other)
                                    {
                                        return value;
                                    }
                                }

                                return default;
                            }
                        }
                    """,
                    "Hot([\"a\", \"b\"], \"a\") + Hot([\"c\"], \"c\")"
                )
            ),
            new(
                "a scratch array",
                new ScratchFix(),
                Whole(
                    """
                        /// <summary>Counts.</summary>
                        [Instrument]
                        public static int Hot(string text) // of letters
                        {
                            // What was seen.
                            int[] seen = new int[256]; // by letter
                            foreach (char letter in text)
                            {
                                seen[letter]++;
                            }

                            return At97(seen) + seen.AsSpan(1, 2).Length;
                        }

                        private static int At97(ReadOnlySpan<int> values) => values[97];
                    """,
                    "Hot(\"abca\") + Hot(\"b\") * 100"
                ),
                Whole(
                    """
                        /// <summary>Counts.</summary>
                        [Instrument]
                        public static partial int Hot(string text);

                        private static int HotCore(string text, [Pooled(256)] scoped Span<int> seen) // of letters
                        {
                            // What was seen.
                            seen.Clear(); // by letter
                            foreach (char letter in text)
                            {
                                seen[letter]++;
                            }

                            return At97(seen) + seen.Slice(1, 2).Length;
                        }

                        private static int At97(ReadOnlySpan<int> values) => values[97];
                    """,
                    "Hot(\"abca\") + Hot(\"b\") * 100",
                    "partial "
                )
            ),
            new(
                "scratch texts in a struct, cleared each time round",
                new ScratchFix(),
                """
                public struct Sample
                {
                    public struct Inner
                    {
                        private int _sum;

                        [Instrument]
                        internal int Hot(int rounds)
                        {
                            for (int i = 0; i < rounds; i++)
                            {
                                const int size = 200;
                                string?[] texts = new string?[size];
                                texts[i] ??= i.ToString();
                                foreach (string? text in texts)
                                    _sum += text?.Length ?? size;
                            }

                            return _sum;
                        }
                    }

                    public static string Run() => new Inner().Hot(9).ToString();
                }
                """,
                """
                public partial struct Sample
                {
                    public partial struct Inner
                    {
                        private int _sum;

                        [Instrument]
                        internal partial int Hot(int rounds);

                        private int HotCore(int rounds, [Pooled(200)] scoped Span<string?> texts)
                        {
                            for (int i = 0; i < rounds; i++)
                            {
                                const int size = 200;
                                texts.Clear();
                                texts[i] ??= i.ToString();
                                foreach (string? text in texts)
                                    _sum += text?.Length ?? size;
                            }

                            return _sum;
                        }
                    }

                    public static string Run() => new Inner().Hot(9).ToString();
                }
                """
            ),
            new(
                "a scratch array as long as needed, in a pair",
                new ScratchFix(),
                Whole(
                    """
                        [Instrument]
                        public static partial string Hot(byte[] data);

                        private static string HotCore(byte[] data)
                        {
                            var digits = new char[data.Length * 2];
                            Convert.TryToHexString(data, digits, out int written);
                            return new string(digits, 0, written);
                        }
                    """,
                    "Hot([1, 2, 255])",
                    "partial "
                ),
                Whole(
                    """
                        [Instrument]
                        public static partial string Hot(byte[] data);

                        private static string HotCore(byte[] data, [Pooled(Length = nameof(HotCoreDigitsLength))] scoped Span<char> digits)
                        {
                            digits.Clear();
                            Convert.TryToHexString(data, digits, out int written);
                            return new string(digits.Slice(0, written));
                        }

                        private static int HotCoreDigitsLength(byte[] data) => checked(data.Length * 2);
                    """,
                    "Hot([1, 2, 255])",
                    "partial "
                )
            ),
            new(
                "a scratch array of a given length",
                new ScratchFix(),
                Whole(
                    """
                        [Instrument]
                        public static int Hot(int count)
                        {
                            Span<long> sums = new long[count];
                            for (int i = 1; i < sums.Length; i++)
                            {
                                sums[i] = sums[i - 1] + i;
                            }

                            return (int)sums[^1];
                        }

                        private static string Failing()
                        {
                            try
                            {
                                return Hot(-1).ToString();
                            }
                            catch (OverflowException exception)
                            {
                                return exception.Message;
                            }
                        }
                    """,
                    "Hot(10) + Hot(1000) + Failing()"
                ),
                Whole(
                    """
                        [Instrument]
                        public static partial int Hot(int count);

                        private static int HotCore(int count, [Pooled(Length = nameof(HotSumsLength))] scoped Span<long> sums)
                        {
                            sums.Clear();
                            for (int i = 1; i < sums.Length; i++)
                            {
                                sums[i] = sums[i - 1] + i;
                            }

                            return (int)sums[^1];
                        }

                        private static int HotSumsLength(int count) => (int)checked((uint)count);

                        private static string Failing()
                        {
                            try
                            {
                                return Hot(-1).ToString();
                            }
                            catch (OverflowException exception)
                            {
                                return exception.Message;
                            }
                        }
                    """,
                    "Hot(10) + Hot(1000) + Failing()",
                    "partial "
                )
            ),
        ];

    private static string Whole(string members, string run, string modifier = "") =>
        $$"""
            // A sample.
            public static {{modifier}}class Sample
            {
            {{members}}

                public static string Run() => $"{{{run}}}";
            }
            """;
}
