// attribute: G=1:pair H=1:pair

namespace Rows.Types.partial_over_several_files;

public static partial class Outer
{
    // The attribute of the other part speaks for this one.
    public partial class Sample
    {
        readonly string _text = "!";
        static string G() => "second part";
        public string H<T>() where T : struct => typeof(T).Name;
        [DoNotInstrument] static void Off() { }
    }
}
