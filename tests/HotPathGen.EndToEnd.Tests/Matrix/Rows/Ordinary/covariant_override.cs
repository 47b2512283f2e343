// attribute: Clone=1:pair

namespace Rows.Ordinary.covariant_override;

public class Base { public virtual Base Clone() => new(); }
public class Sample : Base { [Instrument] public override Sample Clone() => new(); public static string Run() => ((Base)new Sample()).Clone().GetType().Name; }
