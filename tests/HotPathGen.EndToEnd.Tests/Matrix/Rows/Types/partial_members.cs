// attribute: get_P=1:pair set_P=1:pair G=1:pair #ctor=1:pair get_Item=1:pair add_E=1:pair

namespace Rows.Types.partial_members;

public sealed partial class Sample
{
    string _text = "";

    [Instrument] private partial string F(int x);
    private partial string F(int x) => "f" + x;

    private static partial string G<T>(T x) where T : struct;
    [Instrument] private static partial string G<T>(T x) where T : struct { return typeof(T).Name + x; }

    public partial string P { get; set; }
    public partial string P { [Instrument] get => _text + "!"; [Instrument] set { _text = value + _text; } }

    public partial int this[int i] { get; }
    [Instrument] public partial int this[int i] => Math.Abs(i);

    partial Sample(string text);
    [Instrument] partial Sample(string text) { _text = string.Concat(text, "?"); }

    partial event Action E;
    partial event Action E { [Instrument] add { _text += "+"; } remove { } }

    static partial void Never();

    public static string Run()
    {
        Never();
        var sample = new Sample("t") { P = "p" };
        sample.E += () => { };
        return $"{sample.F(1)} {sample.F(2)} {G(3)} {sample.P} {sample[-4]}";
    }
}
