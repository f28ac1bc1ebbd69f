"""What ``cyclekit push`` says, in English and Chinese."""

from collections.abc import Mapping

PUSHING: Mapping[str, tuple[str, str]] = {
    "pushed": (
        "{address}: {put} put, {removed} deleted, {same} unchanged, {left} left alone",
        "{address}：写入 {put} 个，删除 {removed} 个，未变 {same} 个，保留不动 {left} 个",
    ),
    "would-push": (
        "{address}: would put {put} and delete {removed}; {same} unchanged, {left} to be left alone",
        "{address}：将写入 {put} 个，删除 {removed} 个；未变 {same} 个，保留不动 {left} 个",
    ),
    "push-made": ("{address}: {made} calendars made", "{address}：新建日历 {made} 个"),
    "would-make": ("{address}: would make {made} calendars", "{address}：将新建日历 {made} 个"),
    "push-refused": (
        "{count} refused by the server; the next run tries again",
        "服务器拒绝了 {count} 个，下次运行时再试",
    ),
    # What became of one object.
    "push-put": ("put         {uid}", "写入      {uid}"),
    "push-remove": ("deleted     {uid}", "删除      {uid}"),
    "push-edited": ("left alone  {uid}: edited there", "保留不动  {uid}：服务器上的日程已被人修改"),
    "push-conflict": (
        "left alone  {uid}: edited there, and changed in the rules since; --overwrite puts what the rules say",
        "保留不动  {uid}：服务器上的日程已被人修改，规则此后也有变化；用 --overwrite 可按规则覆盖",
    ),
    "push-edited-gone": (
        "left alone  {uid}: edited there, and no longer in the rules; --overwrite deletes it",
        "保留不动  {uid}：服务器上的日程已被人修改，规则中已无此项；用 --overwrite 可删除",
    ),
    "push-unmarked": (
        "left alone  {uid}: what is there is not known to come from cyclekit",
        "保留不动  {uid}：无法确认服务器上的日程出自 cyclekit",
    ),
    "push-refused-one": ("refused     {uid}: {why}", "被拒绝    {uid}：{why}"),
    # Why it could not be done.
    "remote-address": (
        "“{text}” is no calendar's address: write it like caldavs://host/user/calendar/",
        "“{text}”不是日历地址，写法如 caldavs://host/user/calendar/",
    ),
    "remote-credentials": (
        "name and password do not belong in an address: write --user, and set CYCLEKIT_PASSWORD or --password-file",
        "地址中不能写用户名或密码：请用 --user，密码用 CYCLEKIT_PASSWORD 或 --password-file 指定",
    ),
    "remote-no-user": (
        "there is a password and no name: write --user",
        "有密码而无用户名，请写 --user",
    ),
    "remote-bad-user": ("a name cannot hold a colon", "用户名中不能有冒号"),
    "remote-no-password": (
        "whose password? Set CYCLEKIT_PASSWORD, or name a file with --password-file",
        "缺少密码：请设置环境变量 CYCLEKIT_PASSWORD，或用 --password-file 指定文件",
    ),
    "remote-in-clear": (
        "the password would travel in clear to {host}: write caldavs://, or --insecure where the way is safe",
        "密码将以明文发往 {host}：请写 caldavs://；若线路可信，可加 --insecure",
    ),
    "remote-login": (
        "the server takes no such name and password (401 at {path})",
        "服务器不接受该用户名和密码（{path}，401）",
    ),
    "remote-unreachable": ("{host} cannot be reached: {reason}", "无法连接 {host}：{reason}"),
    "remote-certificate": (
        "{host} is not known to be what it says: {reason}; SSL_CERT_FILE names certificates of one's own",
        "无法确认 {host} 的身份：{reason}；自有证书可用 SSL_CERT_FILE 指定",
    ),
    "remote-timeout": ("{host} did not answer in time", "{host} 未在限定时间内应答"),
    "remote-busy": ("the server is busy ({status}); try again later", "服务器繁忙（{status}），请稍后再试"),
    "remote-redirects": ("{path}: too many redirects", "{path}：重定向次数过多"),
    "remote-redirected": (
        "the server points elsewhere, to {location}: write that address if it is to be trusted",
        "服务器指向别处：{location}；如可信任，请改写为该地址",
    ),
    "remote-not-made": (
        "the server makes no calendar at {path} ({status} {reason}): make it there, or write another address",
        "服务器不在 {path} 新建日历（{status} {reason}）：请先在服务器上建好，或改写地址",
    ),
    "remote-no-calendar": ("{path} is there, and is no calendar", "{path} 已存在，但不是日历"),
    "remote-no-caldav": (
        "{path}: the answer is not that of a calendar server ({status} {reason})",
        "{path}：应答不是日历服务器的应答（{status} {reason}）",
    ),
    "remote-not-xml": (
        "{path}: the answer is “{type}” and not XML",
        "{path}：应答是“{type}”，不是 XML",
    ),
    "remote-xml": ("the server's answer cannot be read: {reason}", "无法读取服务器的应答：{reason}"),
    "remote-doctype": (
        "the server's answer declares a document type, which none has to: it is not read",
        "服务器的应答含有文档类型声明（DOCTYPE），一概不读",
    ),
    "remote-too-large": (
        "the server's answer is larger than {octets} octets",
        "服务器的应答超过 {octets} 字节",
    ),
    "remote-no-etag": (
        "{path}: the server tells no ETag, without which somebody's change could be overwritten",
        "{path}：服务器不给出 ETag，无法避免覆盖他人的修改",
    ),
    "remote-refused": ("{path}: the server answered {status} {reason}", "{path}：服务器应答 {status} {reason}"),
    "remote-too-many-go": (
        "{count} of the {all} entries there would be deleted; --force does it",
        "将删除那里 {all} 个日程中的 {count} 个；确需如此请加 --force",
    ),
    "unit-and-by": ("write --unit or --by, not both", "--unit 与 --by 不能同时写"),
}
