// attribute: F=1:pair

namespace Rows.Types.nested_private_types_in_the_head
{
    namespace Some.Where
    {
        public abstract class Base<T> { protected sealed class Inner { public T? Value; } }
        public class Derived : Base<int> { private enum Mode { On } [Instrument] private Inner F(Inner i, Mode mode) => i; public string Go() => F(new() { Value = 3 }, Mode.On).Value.ToString(); }
    }
    public static class Sample { public static string Run() => new Some.Where.Derived().Go(); }
}
