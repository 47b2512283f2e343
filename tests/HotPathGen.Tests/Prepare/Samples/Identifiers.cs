using System;
using System.Collections.Generic;

namespace @namespace.Ünïcode.\u0041scii
{
    internal class @class<@in>
    {
        public @in? @return(@in? @ref, int @params = 1) { return @ref; }

        public int \u0042eta(int größe) { return größe + 1; }

        public static int @event<@out>(@out @this) where @out : struct { return 7; }

        public int 日本(string 語 = "ü") { return 語.Length; }

        public int @var => @event(1) + 0 * 日本();

        public required int @required { get; init { field = Math.Abs(value); } }

        public int record() { return 1; }

        public int partial(int partial) { return partial; }

        public int async(int async) { return async; }

        public IEnumerable<int> yield() { yield return 1; }

        public int get() { int get = 3; return get; }

        public int A_long_one__plain() { return 5; }
    }
}

internal sealed class Typed
{
    public partial_ partial(partial_ given) { return given; }

    internal struct partial_;
}

internal static class Sample
{
    public static string Run()
    {
        var c = new @namespace.Ünïcode.Ascii.@class<string> { required = -3 };
        return $"{c.@return("r")} {c.Beta(1)} {@namespace.Ünïcode.Ascii.@class<int>.@event(1)} {c.日本()} {c.var} {c.required} {c.record()} {c.partial(2)} {c.async(3)} {string.Join(',', c.yield())} {c.get()} {c.A_long_one__plain()} {new Typed().partial(default)}";
    }
}
