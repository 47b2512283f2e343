// attribute: F=2:pair get_P=1:pair set_P=1:pair get_Item=1:pair add_E=1:pair remove_E=1:pair GetEnumerator=1:iterator Later=1:async Generic=1:in-place
using System.Collections;

namespace Rows.Types.explicit_implementations;

public interface IAll<T>
{
    string F(T x);
    string P { get; set; }
    int this[T x, int y = 4] { get; }
    event EventHandler E;
    Task<T> Later(T x);
    string Generic<U>(T x, U y) where U : T;
}

public sealed class Sample : IAll<string>, IAll<int>, IEnumerable<int>
{
    string _text = "";

    [Instrument] string IAll<string>.F(string x) => "text " + x;
    [Instrument] string IAll<int>.F(int x) { return "number " + x; }
    string IAll<string>.P { [Instrument] get => $"<{_text}>"; [Instrument] set { if (value.Length > 1) { _text = value; return; } _text = value + value; } }
    [Instrument] int IAll<string>.this[string x, int y] => x.Length + y;
    event EventHandler IAll<string>.E { [Instrument] add { _text += "+"; } [Instrument] remove => _text += "-"; }
    [Instrument] async Task<string> IAll<string>.Later(string x) { await Task.Yield(); return x + _text; }
    [Instrument] string IAll<string>.Generic<U>(string x, U y) => x + y + typeof(U).Name;
    [Instrument] IEnumerator<int> IEnumerable<int>.GetEnumerator() { yield return 1; yield return _text.Length; }
    IEnumerator IEnumerable.GetEnumerator() => throw new NotSupportedException();

    string IAll<int>.P { get; set; } = "auto";
    int IAll<int>.this[int x, int y] => x;
    event EventHandler IAll<int>.E { add { } remove { } }
    Task<int> IAll<int>.Later(int x) => Task.FromResult(x);
    string IAll<int>.Generic<U>(int x, U y) => $"{x}{y}";

    public static string Run()
    {
        IAll<string> texts = new Sample();
        IAll<int> numbers = (IAll<int>)texts;
        texts.P = "a";
        texts.E += delegate { };
        texts.E -= delegate { };
        return $"{texts.F("x")} {numbers.F(1)} {texts.P} {texts["abc"]} {texts.Later("l").Result} {texts.Generic("a", "b")} {string.Join(',', (IEnumerable<int>)texts)} {numbers.P}";
    }
}
