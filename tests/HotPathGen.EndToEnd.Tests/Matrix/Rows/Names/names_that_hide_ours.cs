// attribute: F=1:pair

namespace Rows.Names.names_that_hide_ours
{
    namespace Mine
    {
        using HotPathGen;
        namespace System { class Own { } }
        namespace HotPathGenLike { class Frame { } }
        public class Runtime { }
        public static class T { public class Frame { } [global::HotPathGen.Instrument] public static Frame F(Frame frame, int completed, int result) => frame; }
    }
    public static class Sample { public static string Run() => Mine.T.F(new(), 1, 2).GetType().Name; }
}
