// attribute: F=1:pair G=1:pair Inner=1:pair

namespace Rows.Types.type_attribute;

[Instrument]
public static class Sample
{
    static int F() => 1; static int G() => 2; [DoNotInstrument] static int Off() => 3;
    static class Deep { public static int Inner() => 4; [DoNotInstrument] public static class Colder { public static int Not() => 5; } }
    [DoNotInstrument] public static string Run() => $"{F()}{G()}{Off()}{Deep.Inner()}{Deep.Colder.Not()}";
}
