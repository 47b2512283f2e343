// attribute: class=1:pair

namespace Rows.Names.keywords_as_names
{
    namespace @namespace.@event
    {
        public class @new<@in> { public @in? @value; }
        public static partial class @static { [Instrument] public static @new<@params> @class<@params>(@new<@params> @int, ref int @ref, string @record, int @scoped, int await, int @partial) where @params : struct { @ref = @record.Length + @scoped; return @int; } }
    }
    public static class Sample { public static string Run() { int x = 1; return @namespace.@event.@static.@class(new @namespace.@event.@new<int> { @value = 2 }, ref x, "abc", 1, 2, 3).@value.ToString() + x; } }
}
