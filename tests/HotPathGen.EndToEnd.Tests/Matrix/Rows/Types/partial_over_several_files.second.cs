// attribute: G=1:pair H=1:pair

namespace Rows.Types.partial_over_several_files;

public static partial class Outer
{
    // The attribute on the other part applies to this part, too.
    public partial class Sample
    {
        readonly string _text = "!";
        static string G() => "second part";
        public string H<T>() where T : struct => typeof(T).Name;
        [DoNotInstrument] static void Off() { }
    }
}
