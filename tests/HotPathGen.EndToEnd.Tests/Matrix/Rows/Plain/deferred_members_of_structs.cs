// attribute: get_Items=1:iterator

namespace Rows.Plain.deferred_members_of_structs;

public interface ILater<T> { Task<string> Count<U>(U x) where U : struct; IEnumerable<T> Items { get; } }

public struct Sample : ILater<int>
{
    int _x;

    // The constraints of the method are inherited and cannot be repeated.
    [Instrument] async Task<string> ILater<int>.Count<U>(U x) { await Task.Yield(); return typeof(U).Name + x + ++_x; }
    public IEnumerable<int> Items { [Instrument] get { yield return _x++; yield return _x; } }

    public static string Run() { ILater<int> later = new Sample { _x = 2 }; return $"{later.Count(5).Result} {string.Join(',', later.Items)}"; }
}
