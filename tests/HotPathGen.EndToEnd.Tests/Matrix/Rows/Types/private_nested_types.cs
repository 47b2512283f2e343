// attribute: F=2:pair G=1:pair H=1:pair

namespace Rows.Types.private_nested_types;

public static class Sample
{
    public static string Run() => Outer.Go();

    private static class Outer
    {
        internal static string Go() => new Inner().F(new Inner.Deepest { Value = 3 }) + Generic<int>.H(new());

        private enum Mode { Off, On }

        private sealed class Inner
        {
            [Instrument] internal string F(Deepest deepest) => $"{deepest.Value}{G(Mode.On)}{((IHidden)new Hidden()).Say()}{new Hidden().F()}";

            [Instrument] private static Mode G(Mode mode) => mode;

            internal struct Deepest { public int Value; }
        }

        private interface IHidden { string Say(); }

        private struct Hidden : IHidden { public readonly string Say() => "hidden"; [Instrument] internal readonly int F() => 8; }

        private static class Generic<T> { internal sealed class Key { public T? Value { get; set; } } [Instrument] internal static string H(Key key) => $"{key.Value}"; }
    }
}
