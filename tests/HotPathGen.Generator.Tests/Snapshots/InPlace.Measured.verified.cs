//// /src/obj/hotpath/Sample.cs
#pragma checksum "/src/Sample.cs" "8829d00f-11b8-4213-878b-770e8597ac16" "de204457c778c8d1020fd1553c4d1acc3bfc68e8aae4b9ce383085d99e870f20"
#pragma warning disable
#pragma warning restore HPG001, HPG002, HPG003, HPG004, HPG005, HPG201, HPG202, HPG203, HPG204, HPG205
#nullable disable warnings
#line 1 "/src/Sample.cs"
public class Place : IDisposable
{
    [global::HotPathGen.Runtime.Prepared("75d1431678cd8a05", "", "call")] [Instrument] public Place(int x) { var __hotpath_frame = global::HotPathGen.Runtime.Frame.Enter(global::HotPathGen.Generated.HotPathMethods.M_75d1431678cd8a05); var __hotpath_completed = false; try {  if (x > 0) { __hotpath_completed = true; return; } __hotpath_completed = true; } finally { __hotpath_frame.Exit(__hotpath_completed); } }
    [Instrument] public int Number { [global::HotPathGen.Runtime.Prepared("75d1421678cd8852", "", "call")] get { var __hotpath_frame = global::HotPathGen.Runtime.Frame.Enter(global::HotPathGen.Generated.HotPathMethods.M_75d1421678cd8852); var __hotpath_completed = false; try {  int __hotpath_result = 1; __hotpath_completed = true; return __hotpath_result; } finally { __hotpath_frame.Exit(__hotpath_completed); } } }
    [global::HotPathGen.Runtime.Prepared("75d1411678cd869f", "", "call")] [Instrument] void IDisposable.Dispose() { var __hotpath_frame = global::HotPathGen.Runtime.Frame.Enter(global::HotPathGen.Generated.HotPathMethods.M_75d1411678cd869f); var __hotpath_completed = false; try {  __hotpath_completed = true; } finally { __hotpath_frame.Exit(__hotpath_completed); } }
    [global::HotPathGen.Runtime.Prepared("75d1401678cd84ec", "", "call")] [Instrument] public static Place operator +(Place a, Place b) { var __hotpath_frame = global::HotPathGen.Runtime.Frame.Enter(global::HotPathGen.Generated.HotPathMethods.M_75d1401678cd84ec); var __hotpath_completed = false; try {  Place __hotpath_result = a; __hotpath_completed = true; return __hotpath_result; } finally { __hotpath_frame.Exit(__hotpath_completed); } }
}

