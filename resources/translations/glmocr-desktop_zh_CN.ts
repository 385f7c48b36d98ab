<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>AddressRow</name>
    <message>
        <source>Address of the server</source>
        <translation>服务器地址</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>See whether a server at this address really reads</source>
        <translation>看看此地址的服务器是否真能识别</translation>
    </message>
    <message>
        <source>Use it</source>
        <translation>使用</translation>
    </message>
    <message>
        <source>Use the server at this address</source>
        <translation>使用此地址的服务器</translation>
    </message>
</context>
<context>
    <name>Advice</name>
    <message>
        <source>Start the server, or correct its address in the settings.</source>
        <translation>请启动服务器，或在设置中更正它的地址。</translation>
    </message>
    <message>
        <source>Check the address, the network and the firewall.</source>
        <translation>请检查地址、网络和防火墙。</translation>
    </message>
    <message>
        <source>Something takes connections there but does not speak: start the server anew.</source>
        <translation>那里接受连接却没有回应：请重新启动服务器。</translation>
    </message>
    <message>
        <source>Look into the server&apos;s log, or start it anew.</source>
        <translation>请查看服务器的日志，或重新启动服务器。</translation>
    </message>
    <message>
        <source>Enter the address of a Gradio server; its usual port is 7860.</source>
        <translation>请填写 Gradio 服务器的地址，常用端口为 7860。</translation>
    </message>
    <message>
        <source>Enter the address of an app that takes an image and gives text.</source>
        <translation>请填写能接收图像并返回文本的应用的地址。</translation>
    </message>
    <message>
        <source>Choose one of these in the settings, or let it be found.</source>
        <translation>请在设置中选择其中之一，或由程序自动查找。</translation>
    </message>
    <message>
        <source>Sign in.</source>
        <translation>请登录。</translation>
    </message>
    <message>
        <source>Sign in with another name or password.</source>
        <translation>请换一个用户名或密码登录。</translation>
    </message>
    <message>
        <source>If it is the right server, trust its certificate.</source>
        <translation>如果服务器无误，请信任它的证书。</translation>
    </message>
    <message>
        <source>Switch “This computer only” off, or use a server on this computer.</source>
        <translation>请关闭“仅限本机”，或改用本机上的服务器。</translation>
    </message>
    <message>
        <source>The server is slow: give it more time, or look at its load.</source>
        <translation>服务器较慢：请延长时限，或查看它的负载。</translation>
    </message>
    <message>
        <source>Look into the server&apos;s log, and whether its model is loaded.</source>
        <translation>请查看服务器的日志，并确认模型已加载。</translation>
    </message>
    <message>
        <source>Look whether the server runs the GLM-OCR model, and what its log says.</source>
        <translation>请确认服务器运行的是 GLM-OCR 模型，并查看它的日志。</translation>
    </message>
</context>
<context>
    <name>Alerts</name>
    <message>
        <source>The server is not answering.</source>
        <translation>服务器没有响应。</translation>
    </message>
    <message>
        <source>One page was read.</source>
        <translation>已识别 1 页。</translation>
    </message>
    <message>
        <source>{0} pages were read.</source>
        <translation>已识别 {0} 页。</translation>
    </message>
    <message>
        <source>One page could not be read.</source>
        <translation>有 1 页未能识别。</translation>
    </message>
    <message>
        <source>{0} pages could not be read.</source>
        <translation>有 {0} 页未能识别。</translation>
    </message>
</context>
<context>
    <name>Amounts</name>
    <message>
        <source>{0} %</source>
        <translation>{0}%</translation>
    </message>
    <message>
        <source>{0} pages/s</source>
        <translation>{0} 页/秒</translation>
    </message>
</context>
<context>
    <name>Asking</name>
    <message>
        <source>Search in names and texts</source>
        <translation>在名称和文字中搜索</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Mode</source>
        <translation>模式</translation>
    </message>
    <message>
        <source>Read by</source>
        <translation>识别方式</translation>
    </message>
    <message>
        <source>Any time</source>
        <translation>任何时间</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>7 days</source>
        <translation>7 天内</translation>
    </message>
    <message>
        <source>30 days</source>
        <translation>30 天内</translation>
    </message>
    <message>
        <source>A year</source>
        <translation>一年内</translation>
    </message>
    <message>
        <source>Any state</source>
        <translation>任何状态</translation>
    </message>
    <message>
        <source>Any mode</source>
        <translation>任何模式</translation>
    </message>
    <message>
        <source>Server or offline</source>
        <translation>服务器或离线</translation>
    </message>
</context>
<context>
    <name>Breaker</name>
    <message>
        <source>gets pages</source>
        <translation>正常接收页面</translation>
    </message>
    <message>
        <source>left alone for a while</source>
        <translation>暂时停用</translation>
    </message>
    <message>
        <source>on trial with one page</source>
        <translation>正在用一页试探</translation>
    </message>
</context>
<context>
    <name>Capture</name>
    <message>
        <source>macOS did not let this program see the screen. Allow it in the system settings, under Privacy &amp; Security, Screen Recording, and start the program again.</source>
        <translation>macOS 不允许本程序读取屏幕。请在系统设置的“隐私与安全性 › 屏幕录制”中允许，然后重新启动程序。</translation>
    </message>
    <message>
        <source>The system did not let this program see the screen, so nothing was captured.</source>
        <translation>系统不允许本程序读取屏幕，没有截取任何内容。</translation>
    </message>
</context>
<context>
    <name>CellDelegate</name>
    <message>
        <source>Words of the cell</source>
        <translation>单元格内容</translation>
    </message>
</context>
<context>
    <name>CertificateDialog</name>
    <message>
        <source>Certificate</source>
        <translation>证书</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>Made out to</source>
        <translation>颁发给</translation>
    </message>
    <message>
        <source>nobody</source>
        <translation>（无）</translation>
    </message>
    <message>
        <source>Valid until</source>
        <translation>有效期至</translation>
    </message>
    <message>
        <source>SHA-256</source>
        <translation>SHA-256</translation>
    </message>
    <message>
        <source>Compare the fingerprint with the one that the server&apos;s owner tells you. If it is another one, somebody else may be reading your pages.</source>
        <translation>请与服务器管理者提供的指纹核对。如果不一致，可能有他人在读取您的页面。</translation>
    </message>
    <message>
        <source>Trust this certificate for this server only</source>
        <translation>仅为此服务器信任此证书</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>Closing</name>
    <message>
        <source>{0} pages are still being read. Cancel them and quit?</source>
        <translation>还有 {0} 页正在识别。要取消并退出吗？</translation>
    </message>
    <message>
        <source>One page is still being read. Cancel it and quit?</source>
        <translation>还有 1 页正在识别。要取消并退出吗？</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Go on opening</source>
        <translation>继续打开</translation>
    </message>
    <message>
        <source>Files are still being opened. That goes on when the program is opened again.</source>
        <translation>还有文件正在打开。下次打开程序时会继续。</translation>
    </message>
    <message>
        <source>Files are still being opened. Those that are not in the list yet would have to be added again.</source>
        <translation>还有文件正在打开。尚未出现在列表中的文件需要重新添加。</translation>
    </message>
    <message>
        <source>{0} pages are still being read. They go on when the program is opened again.</source>
        <translation>还有 {0} 页正在识别。下次打开程序时会继续。</translation>
    </message>
    <message>
        <source>One page is still being read. It goes on when the program is opened again.</source>
        <translation>还有一页正在识别。下次打开程序时会继续。</translation>
    </message>
    <message>
        <source>Cancel and quit</source>
        <translation>取消并退出</translation>
    </message>
    <message>
        <source>Go on reading</source>
        <translation>继续识别</translation>
    </message>
</context>
<context>
    <name>Commands</name>
    <message>
        <source>History</source>
        <translation>历史</translation>
    </message>
    <message>
        <source>Find, open and delete what was read before</source>
        <translation>查找、打开和删除以前识别的内容</translation>
    </message>
    <message>
        <source>Metrics</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Add images, PDFs or a whole folder, to be read</source>
        <translation>添加要识别的图像、PDF 或整个文件夹</translation>
    </message>
    <message>
        <source>Add files…</source>
        <translation>添加文件…</translation>
    </message>
    <message>
        <source>Add a folder…</source>
        <translation>添加文件夹…</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <source>Read the image or the files that were copied elsewhere</source>
        <translation>识别在其他地方复制的图像或文件</translation>
    </message>
    <message>
        <source>Capture</source>
        <translation>截屏</translation>
    </message>
    <message>
        <source>Read a part of the screen</source>
        <translation>识别屏幕上的一块区域</translation>
    </message>
    <message>
        <source>Capture the same area again</source>
        <translation>再次截取同一区域</translation>
    </message>
    <message>
        <source>Try a sample</source>
        <translation>试用示例</translation>
    </message>
    <message>
        <source>Add pages that came with the program, and read them</source>
        <translation>添加并识别程序自带的页面</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>识别</translation>
    </message>
    <message>
        <source>Read the selected pages again in the chosen mode; all unread pages when none is selected</source>
        <translation>按所选模式重新识别选中的页面；未选中任何页面时，识别所有未识别的页面</translation>
    </message>
    <message>
        <source>Cancel all</source>
        <translation>全部取消</translation>
    </message>
    <message>
        <source>Cancel all pages that wait or are being read</source>
        <translation>取消所有等待中和识别中的页面</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>重新识别</translation>
    </message>
    <message>
        <source>Time limits</source>
        <translation>时限</translation>
    </message>
    <message>
        <source>How long the steps of reading a page may take</source>
        <translation>识别一页的各个阶段最多用时</translation>
    </message>
    <message>
        <source>Read again with other limits…</source>
        <translation>以其他时限重新识别…</translation>
    </message>
    <message>
        <source>Why was this slow?</source>
        <translation>为什么慢？</translation>
    </message>
    <message>
        <source>Enter the password…</source>
        <translation>输入密码…</translation>
    </message>
    <message>
        <source>Read as unformatted text</source>
        <translation>按纯文本识别</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Filter documents</source>
        <translation>筛选文档</translation>
    </message>
    <message>
        <source>Pause all</source>
        <translation>全部暂停</translation>
    </message>
    <message>
        <source>Pause all: what is being read ends, and nothing else begins</source>
        <translation>全部暂停：正在识别的页面会完成，其余不再开始</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Read this first</source>
        <translation>优先识别</translation>
    </message>
    <message>
        <source>Read this last</source>
        <translation>最后识别</translation>
    </message>
    <message>
        <source>Add files</source>
        <translation>添加文件</translation>
    </message>
    <message>
        <source>Images and PDFs ({0})</source>
        <translation>图像和 PDF ({0})</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>Add a folder</source>
        <translation>添加文件夹</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
</context>
<context>
    <name>CompareDialog</name>
    <message>
        <source>Compare two pages</source>
        <translation>比较两页</translation>
    </message>
</context>
<context>
    <name>CompareView</name>
    <message>
        <source>Next difference</source>
        <translation>下一处差异</translation>
    </message>
    <message>
        <source>Difference before</source>
        <translation>上一处差异</translation>
    </message>
    <message>
        <source>Comparison of two answers</source>
        <translation>两个结果的比较</translation>
    </message>
    <message>
        <source>Differences: struck out, only in the first; underlined, only in the second</source>
        <translation>差异：删除线表示仅第一个结果有，下划线表示仅第二个结果有</translation>
    </message>
    <message>
        <source>Use this one</source>
        <translation>使用此结果</translation>
    </message>
    <message>
        <source>Use the first answer</source>
        <translation>使用第一个结果</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>使用中</translation>
    </message>
    <message>
        <source>Struck out: {0}</source>
        <translation>删除线：{0}</translation>
    </message>
    <message>
        <source>Underlined: {0}</source>
        <translation>下划线：{0}</translation>
    </message>
    <message>
        <source>{0}, page {1} · {2}</source>
        <translation>{0}，第 {1} 页 · {2}</translation>
    </message>
    <message>
        <source>Comparing…</source>
        <translation>正在比较…</translation>
    </message>
    <message>
        <source>No difference: the words are the same</source>
        <translation>没有差异：文字相同</translation>
    </message>
    <message>
        <source>Difference {0} of {1}</source>
        <translation>差异 {0} / {1}</translation>
    </message>
    <message>
        <source>One difference</source>
        <translation>1 处差异</translation>
    </message>
    <message>
        <source>{0} differences</source>
        <translation>{0} 处差异</translation>
    </message>
    <message>
        <source>{0} (only the beginnings were compared)</source>
        <translation>{0}（只比较了开头部分）</translation>
    </message>
</context>
<context>
    <name>Connection</name>
    <message>
        <source>Signed in at {0}.</source>
        <translation>已登录 {0}。</translation>
    </message>
    <message>
        <source>The server at {0} asks for no login.</source>
        <translation>服务器 {0} 不需要登录。</translation>
    </message>
    <message>
        <source>The login for the server at {0} is forgotten.</source>
        <translation>服务器 {0} 的登录信息已删除。</translation>
    </message>
    <message>
        <source>No login was stored for the server at {0}.</source>
        <translation>没有保存过服务器 {0} 的登录信息。</translation>
    </message>
    <message>
        <source>The certificate of the server at {0} is trusted from now on.</source>
        <translation>从现在起信任服务器 {0} 的证书。</translation>
    </message>
</context>
<context>
    <name>ConnectionDialog</name>
    <message>
        <source>Test of the connection</source>
        <translation>连接测试</translation>
    </message>
    <message>
        <source>Testing</source>
        <translation>正在测试</translation>
    </message>
    <message>
        <source>Sign in…</source>
        <translation>登录…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Testing… {0} reads a small image in each mode.</source>
        <translation>正在测试… {0} 将按每种模式识别一张小图。</translation>
    </message>
    <message>
        <source>Pages are read by {0}.</source>
        <translation>页面由 {0} 识别。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Show certificate</source>
        <translation>查看证书</translation>
    </message>
</context>
<context>
    <name>Copying</name>
    <message>
        <source>There is nothing of this kind in the selected results.</source>
        <translation>所选结果中没有此类内容。</translation>
    </message>
    <message>
        <source>Plain text</source>
        <translation>纯文本</translation>
    </message>
    <message>
        <source>Markdown</source>
        <translation>Markdown</translation>
    </message>
    <message>
        <source>HTML</source>
        <translation>HTML</translation>
    </message>
    <message>
        <source>Tables as TSV</source>
        <translation>表格（TSV）</translation>
    </message>
    <message>
        <source>Tables as CSV</source>
        <translation>表格（CSV）</translation>
    </message>
    <message>
        <source>LaTeX</source>
        <translation>LaTeX</translation>
    </message>
    <message>
        <source>LaTeX between $ … $</source>
        <translation>LaTeX，置于 $ … $ 之间</translation>
    </message>
    <message>
        <source>LaTeX between $$ … $$</source>
        <translation>LaTeX，置于 $$ … $$ 之间</translation>
    </message>
    <message>
        <source>LaTeX between \[ … \]</source>
        <translation>LaTeX，置于 \[ … \] 之间</translation>
    </message>
    <message>
        <source>LaTeX as an equation</source>
        <translation>LaTeX 公式环境</translation>
    </message>
    <message>
        <source>MathML</source>
        <translation>MathML</translation>
    </message>
    <message>
        <source>Picture (PNG)</source>
        <translation>图片（PNG）</translation>
    </message>
    <message>
        <source>Drawing (SVG)</source>
        <translation>矢量图（SVG）</translation>
    </message>
</context>
<context>
    <name>CutBar</name>
    <message>
        <source>Only the framed part of this page is read.</source>
        <translation>只识别此页框选的部分。</translation>
    </message>
    <message>
        <source>This page is read turned by {0}°.</source>
        <translation>此页旋转 {0}° 后识别。</translation>
    </message>
    <message>
        <source>The result is from before this was changed.</source>
        <translation>结果是更改之前识别的。</translation>
    </message>
    <message>
        <source>Whole page</source>
        <translation>识别整页</translation>
    </message>
    <message>
        <source>Turn back</source>
        <translation>转回原方向</translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>重新识别</translation>
    </message>
</context>
<context>
    <name>Details</name>
    <message>
        <source>HTTP {0}</source>
        <translation>HTTP {0}</translation>
    </message>
    <message>
        <source>a number</source>
        <translation>数字</translation>
    </message>
    <message>
        <source>a text that says something</source>
        <translation>有内容的文本</translation>
    </message>
    <message>
        <source>a whole number</source>
        <translation>整数</translation>
    </message>
    <message>
        <source>formula</source>
        <translation>公式</translation>
    </message>
    <message>
        <source>input or output error</source>
        <translation>输入输出错误</translation>
    </message>
    <message>
        <source>it could not be verified</source>
        <translation>无法验证</translation>
    </message>
    <message>
        <source>it did not accept the request (HTTP {0}).</source>
        <translation>它没有接受请求（HTTP {0}）。</translation>
    </message>
    <message>
        <source>it does not say what it offers</source>
        <translation>它没有说明提供哪些功能</translation>
    </message>
    <message>
        <source>it does not say why.</source>
        <translation>它没有说明原因。</translation>
    </message>
    <message>
        <source>it has expired</source>
        <translation>已过期</translation>
    </message>
    <message>
        <source>it is another one than the one that was trusted</source>
        <translation>与之前信任的证书不同</translation>
    </message>
    <message>
        <source>it is not valid yet</source>
        <translation>尚未生效</translation>
    </message>
    <message>
        <source>it is self-signed</source>
        <translation>是自签名证书</translation>
    </message>
    <message>
        <source>it is signed by an authority of its own</source>
        <translation>由自建的机构签发</translation>
    </message>
    <message>
        <source>it points to another address, which is not followed (HTTP {0})</source>
        <translation>它转向了另一个地址，程序不会跟随（HTTP {0}）</translation>
    </message>
    <message>
        <source>it was made by a newer version</source>
        <translation>它由较新的版本创建</translation>
    </message>
    <message>
        <source>it was made out to another host</source>
        <translation>是颁发给其他主机的</translation>
    </message>
    <message>
        <source>its answer makes no sense</source>
        <translation>它的回答无法理解</translation>
    </message>
    <message>
        <source>no reason given</source>
        <translation>未说明原因</translation>
    </message>
    <message>
        <source>no result came</source>
        <translation>没有返回结果</translation>
    </message>
    <message>
        <source>no secure connection (https) came about</source>
        <translation>无法建立安全连接（https）</translation>
    </message>
    <message>
        <source>nobody here knows who issued it</source>
        <translation>颁发者不明</translation>
    </message>
    <message>
        <source>nothing can be kept of this run any more</source>
        <translation>这次运行的内容已无法继续保存</translation>
    </message>
    <message>
        <source>on or off</source>
        <translation>“开”或“关”</translation>
    </message>
    <message>
        <source>table</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>the connection was lost</source>
        <translation>连接已断开</translation>
    </message>
    <message>
        <source>the disk is full</source>
        <translation>磁盘已满</translation>
    </message>
    <message>
        <source>the page is too large for it.</source>
        <translation>页面对它来说太大。</translation>
    </message>
    <message>
        <source>the proxy answered HTTP {0}</source>
        <translation>代理返回 HTTP {0}</translation>
    </message>
</context>
<context>
    <name>DocumentDelegate</name>
    <message>
        <source>Cancel (Esc)</source>
        <translation>取消 (Esc)</translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>重新识别</translation>
    </message>
    <message>
        <source>Enter the password</source>
        <translation>输入密码</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} / {1}</translation>
    </message>
    <message>
        <source>{0} failed</source>
        <translation>{0} 页失败</translation>
    </message>
    <message>
        <source>read first</source>
        <translation>优先识别</translation>
    </message>
    <message>
        <source>read last</source>
        <translation>最后识别</translation>
    </message>
    <message>
        <source>corrected</source>
        <translation>已修改</translation>
    </message>
    <message>
        <source>please check</source>
        <translation>请核对</translation>
    </message>
</context>
<context>
    <name>DocumentModel</name>
    <message>
        <source>Document</source>
        <translation>文档</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Page {0}</source>
        <translation>第 {0} 页</translation>
    </message>
    <message>
        <source>{0} · region {1}</source>
        <translation>{0} · 区域 {1}</translation>
    </message>
</context>
<context>
    <name>DocumentView</name>
    <message>
        <source>Documents</source>
        <translation>文档</translation>
    </message>
</context>
<context>
    <name>Drop</name>
    <message>
        <source>Drop to read as text</source>
        <translation>松开后按文本识别</translation>
    </message>
    <message>
        <source>Drop to read as table</source>
        <translation>松开后按表格识别</translation>
    </message>
    <message>
        <source>Drop to read as formula</source>
        <translation>松开后按公式识别</translation>
    </message>
</context>
<context>
    <name>EmptyView</name>
    <message>
        <source>Drop images, PDFs or folders here</source>
        <translation>将图像、PDF 或文件夹拖到这里</translation>
    </message>
    <message>
        <source>PNG, JPEG, TIFF, WebP, HEIC, AVIF, GIF, BMP and PDF, also from the clipboard</source>
        <translation>支持 PNG、JPEG、TIFF、WebP、HEIC、AVIF、GIF、BMP 和 PDF，也可以从剪贴板粘贴</translation>
    </message>
</context>
<context>
    <name>EndpointEditor</name>
    <message>
        <source>Found automatically</source>
        <translation>自动查找</translation>
    </message>
    <message>
        <source>Found automatically: {0}</source>
        <translation>自动找到：{0}</translation>
    </message>
</context>
<context>
    <name>Engine</name>
    <message>
        <source>Reading offline, on this computer only</source>
        <translation>仅在本机离线识别</translation>
    </message>
    <message>
        <source>Reading offline</source>
        <translation>正在离线识别</translation>
    </message>
    <message>
        <source>Reading by {0}</source>
        <translation>由 {0} 识别</translation>
    </message>
    <message>
        <source>{0} (and {1} more)</source>
        <translation>{0}（另有 {1} 台）</translation>
    </message>
</context>
<context>
    <name>Errors</name>
    <message>
        <source>A name with a page makes one file a page, but all documents were to go into one.</source>
        <translation>文件名中含有页码时每页一个文件，而这里要求所有文档合为一个文件。</translation>
    </message>
    <message>
        <source>A prompt of your own takes the place of a mode: give either --prompt or --mode.</source>
        <translation>自定义提示词会代替模式：--prompt 与 --mode 只能给出一个。</translation>
    </message>
    <message>
        <source>Cancelled, and removed from the server&apos;s queue.</source>
        <translation>已取消，并已从服务器队列中移除。</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>已取消。</translation>
    </message>
    <message>
        <source>Cancelled. The page is being taken out of the server&apos;s queue.</source>
        <translation>已取消，正在从服务器队列中移除此页。</translation>
    </message>
    <message>
        <source>Cancelled. The server may still be finishing this page.</source>
        <translation>已取消。服务器可能仍在处理此页。</translation>
    </message>
    <message>
        <source>Cancelled. The server stopped reading this page.</source>
        <translation>已取消，服务器已停止识别此页。</translation>
    </message>
    <message>
        <source>Formulas need the server. Text mode reads this page offline as unformatted text.</source>
        <translation>识别公式需要服务器。文本模式可以离线将此页识别为纯文本。</translation>
    </message>
    <message>
        <source>Give the user name by --user, and the password as one line of standard input.</source>
        <translation>请用 --user 指定用户名，并从标准输入以一行给出密码。</translation>
    </message>
    <message>
        <source>No connection to the server at {server} within {limit_s:g} s. Check its address and the network.</source>
        <translation>{limit_s:g} 秒内未能连接服务器 {server}。请检查地址和网络。</translation>
    </message>
    <message>
        <source>No place at the server at {server} became free within {limit_s:g} s. Give it more time.</source>
        <translation>{limit_s:g} 秒内服务器 {server} 没有腾出空位。请延长时限。</translation>
    </message>
    <message>
        <source>No prompt of the settings is called {prompt}. There are: {names}.</source>
        <translation>设置中没有名为 {prompt} 的提示词。现有：{names}。</translation>
    </message>
    <message>
        <source>No sign of life from the server at {server} for {limit_s:g} s. Start it anew if it stays silent.</source>
        <translation>服务器 {server} 已 {limit_s:g} 秒没有动静。如果一直没有回应，请重新启动它。</translation>
    </message>
    <message>
        <source>Not read within {limit_s:g} s. Give it more time, or read it offline.</source>
        <translation>{limit_s:g} 秒内未能识别完成。请延长时限，或改用离线识别。</translation>
    </message>
    <message>
        <source>Nothing can be written to {folder}: {detail}. Reading goes on by itself when that has passed.</source>
        <translation>无法写入 {folder}：{detail}。情况恢复后会自动继续识别。</translation>
    </message>
    <message>
        <source>Nothing is kept of a run, as the settings say (GLMOCR_KEEP_HISTORY), so that --resume cannot go on.</source>
        <translation>按照设置（GLMOCR_KEEP_HISTORY），不保存任何运行记录，因此 --resume 无法继续。</translation>
    </message>
    <message>
        <source>Offline reading is not installed: {detail}.</source>
        <translation>未安装离线识别：{detail}。</translation>
    </message>
    <message>
        <source>Port {port} is in use, so that nobody can ask for the metrics there. Choose another one in the settings.</source>
        <translation>端口 {port} 已被占用，无法在那里提供指标。请在设置中换一个端口。</translation>
    </message>
    <message>
        <source>Port {port} of {host} is in use. Choose another one with --port.</source>
        <translation>{host} 的端口 {port} 已被占用。请用 --port 指定其他端口。</translation>
    </message>
    <message>
        <source>Some stored settings cannot be used, and are left out: {names}.</source>
        <translation>部分已保存的设置无法使用，已忽略：{names}。</translation>
    </message>
    <message>
        <source>Something went wrong inside the program ({detail}). The log has the details.</source>
        <translation>程序内部出错（{detail}），详情见日志。</translation>
    </message>
    <message>
        <source>Still in the queue of the server at {server} after {limit_s:g} s. Give it more time, or read it offline.</source>
        <translation>已在服务器 {server} 的队列中等待 {limit_s:g} 秒。请延长时限，或改用离线识别。</translation>
    </message>
    <message>
        <source>The GLM-OCR model needs the packages torch and transformers: {detail}.</source>
        <translation>GLM-OCR 模型需要 torch 和 transformers 软件包：{detail}。</translation>
    </message>
    <message>
        <source>The answer had nothing of the page in it.</source>
        <translation>返回的内容与此页无关。</translation>
    </message>
    <message>
        <source>The answer looked wrong, so that the page was tried once more.</source>
        <translation>返回的内容看起来有误，已再次尝试识别此页。</translation>
    </message>
    <message>
        <source>The certificate of the server at {server} is not trusted: {detail}.</source>
        <translation>服务器 {server} 的证书不受信任：{detail}。</translation>
    </message>
    <message>
        <source>The certificates in {name} cannot be used.</source>
        <translation>无法使用 {name} 中的证书。</translation>
    </message>
    <message>
        <source>The disk with {folder} is full. Make room: reading then goes on by itself.</source>
        <translation>{folder} 所在的磁盘已满。请腾出空间，之后会自动继续识别。</translation>
    </message>
    <message>
        <source>The offline engine could not read this page: {detail}.</source>
        <translation>离线引擎未能识别此页：{detail}。</translation>
    </message>
    <message>
        <source>The offline engine stopped on this page. It is started anew for the next one.</source>
        <translation>离线引擎在此页意外停止，识别下一页时会重新启动。</translation>
    </message>
    <message>
        <source>The page could not be sent to the server at {server} within {limit_s:g} s. Give it more time.</source>
        <translation>{limit_s:g} 秒内未能将此页发送到服务器 {server}。请延长时限。</translation>
    </message>
    <message>
        <source>The proxy for {server} is of a kind that this program does not know ({scheme}).</source>
        <translation>本程序不支持 {server} 所用的代理类型（{scheme}）。</translation>
    </message>
    <message>
        <source>The server at {server} answers, but does not read.</source>
        <translation>服务器 {server} 有响应，但不能识别。</translation>
    </message>
    <message>
        <source>The server at {server} asks for a user name and a password.</source>
        <translation>服务器 {server} 要求用户名和密码。</translation>
    </message>
    <message>
        <source>The server at {server} broke off: {detail}.</source>
        <translation>服务器 {server} 中断了：{detail}。</translation>
    </message>
    <message>
        <source>The server at {server} did not accept the user name and password.</source>
        <translation>服务器 {server} 不接受此用户名和密码。</translation>
    </message>
    <message>
        <source>The server at {server} did not read this page within {limit_s:g} s. Give it more time.</source>
        <translation>服务器 {server} 在 {limit_s:g} 秒内未能识别此页。请延长时限。</translation>
    </message>
    <message>
        <source>The server at {server} has a full queue.</source>
        <translation>服务器 {server} 的队列已满。</translation>
    </message>
    <message>
        <source>The server at {server} has no certificate: its address does not begin with https.</source>
        <translation>服务器 {server} 没有证书：它的地址不是以 https 开头。</translation>
    </message>
    <message>
        <source>The server at {server} has no endpoint {endpoint} that reads an image. It has: {offered}.</source>
        <translation>服务器 {server} 没有能识别图像的端点 {endpoint}。它提供：{offered}。</translation>
    </message>
    <message>
        <source>The server at {server} is down.</source>
        <translation>服务器 {server} 已停止服务。</translation>
    </message>
    <message>
        <source>The server at {server} is not answering.</source>
        <translation>服务器 {server} 没有响应。</translation>
    </message>
    <message>
        <source>The server at {server} offers nothing that reads an image.</source>
        <translation>服务器 {server} 没有提供识别图像的功能。</translation>
    </message>
    <message>
        <source>The server could not read this page: {detail}</source>
        <translation>服务器未能识别此页：{detail}</translation>
    </message>
    <message>
        <source>The server gave up this page without a result.</source>
        <translation>服务器放弃了此页，没有返回结果。</translation>
    </message>
    <message>
        <source>The server has no {mode} mode.</source>
        <translation>服务器没有{mode}模式。</translation>
    </message>
    <message>
        <source>The server part is not installed. Install it with: pip install &apos;glmocr-desktop[server]&apos;.</source>
        <translation>未安装服务器组件。安装命令：pip install &apos;glmocr-desktop[server]&apos;。</translation>
    </message>
    <message>
        <source>The server sent an error instead of text: {detail}</source>
        <translation>服务器返回的不是文本，而是错误：{detail}</translation>
    </message>
    <message>
        <source>The server&apos;s answer is too large to be a page (more than {limit_mb} MB).</source>
        <translation>服务器返回的内容过大（超过 {limit_mb} MB），不可能是一页的结果。</translation>
    </message>
    <message>
        <source>The settings file was damaged. It was kept as {name}, and the defaults are in use.</source>
        <translation>设置文件已损坏，已另存为 {name}，现使用默认设置。</translation>
    </message>
    <message>
        <source>The weights of {name} are not on this computer and could not be fetched: {detail}.</source>
        <translation>本机没有 {name} 的权重，也无法下载：{detail}。</translation>
    </message>
    <message>
        <source>There are no images or PDFs in {name}.</source>
        <translation>{name} 中没有图像或 PDF。</translation>
    </message>
    <message>
        <source>There are no settings in {name}.</source>
        <translation>{name} 中没有设置。</translation>
    </message>
    <message>
        <source>There is no export format named {name}. Known formats: {known}.</source>
        <translation>没有名为 {name} 的导出格式。可用的格式：{known}。</translation>
    </message>
    <message>
        <source>There is no file or folder named {name}.</source>
        <translation>没有名为 {name} 的文件或文件夹。</translation>
    </message>
    <message>
        <source>There is no result to export yet.</source>
        <translation>还没有可以导出的结果。</translation>
    </message>
    <message>
        <source>There is nobody to ask: give --fingerprint SHA256, or --yes.</source>
        <translation>无法询问：请给出 --fingerprint SHA256 或 --yes。</translation>
    </message>
    <message>
        <source>There is not enough memory to open {name}.</source>
        <translation>内存不足，无法打开 {name}。</translation>
    </message>
    <message>
        <source>This command is already running in this folder. Wait until it has ended.</source>
        <translation>这条命令已在此文件夹中运行。请等它结束。</translation>
    </message>
    <message>
        <source>This computer cannot listen on {host}, port {port}: {detail}.</source>
        <translation>本机无法监听 {host} 的端口 {port}：{detail}。</translation>
    </message>
    <message>
        <source>This computer does not offer the metrics at port {port}: {detail}.</source>
        <translation>本机无法在端口 {port} 提供指标：{detail}。</translation>
    </message>
    <message>
        <source>This computer has no password store that this program can use. The login for {server} is known until the program ends.</source>
        <translation>本机没有可用的密码库。{server} 的登录信息只保留到程序结束。</translation>
    </message>
    <message>
        <source>This computer&apos;s password store does not open, and the login for {server} is in it.</source>
        <translation>{server} 的登录信息保存在本机的密码库中，但密码库无法打开。</translation>
    </message>
    <message>
        <source>This image is too large to open safely ({width} × {height} pixels; the limit is {limit} million).</source>
        <translation>图像过大，无法安全打开（{width} × {height} 像素；上限为 {limit} 百万像素）。</translation>
    </message>
    <message>
        <source>This image is too long or too wide to open safely ({width} × {height} pixels; the limit is {limit}).</source>
        <translation>图像过长或过宽，无法安全打开（{width} × {height} 像素；上限为 {limit}）。</translation>
    </message>
    <message>
        <source>This password does not open {name}.</source>
        <translation>此密码无法打开 {name}。</translation>
    </message>
    <message>
        <source>This server has no GLM-OCR model, and formulas need it.</source>
        <translation>此服务器没有 GLM-OCR 模型，无法识别公式。</translation>
    </message>
    <message>
        <source>Two prompts have the name {prompt}.</source>
        <translation>有两个提示词都叫 {prompt}。</translation>
    </message>
    <message>
        <source>What was kept of earlier documents was damaged. It was set aside as {name}.</source>
        <translation>以前文档的保存内容已损坏，已另存为 {name}。</translation>
    </message>
    <message>
        <source>{field} means nothing in a file name. Known: {known}.</source>
        <translation>文件名中不能使用 {field}。可用的有：{known}。</translation>
    </message>
    <message>
        <source>{folder} cannot be written: {detail}. What was read is kept: add --resume to go on when that has passed.</source>
        <translation>无法写入 {folder}：{detail}。已识别的内容已保存：恢复后加上 --resume 即可继续。</translation>
    </message>
    <message>
        <source>{name} cannot be read: opening it took more than {limit_s:g} s.</source>
        <translation>无法读取 {name}：打开它用了超过 {limit_s:g} 秒。</translation>
    </message>
    <message>
        <source>{name} cannot be read: what opens it stopped at it, twice.</source>
        <translation>无法读取 {name}：打开它的部件两次中断。</translation>
    </message>
    <message>
        <source>{name} cannot be used: {detail}. This run cannot be continued when it is interrupted.</source>
        <translation>{name} 无法使用：{detail}。这次运行若中断将无法继续。</translation>
    </message>
    <message>
        <source>{name} cannot be used: {detail}. What you read now is lost when the program ends.</source>
        <translation>{name} 无法使用：{detail}。现在识别的内容在程序结束时会丢失。</translation>
    </message>
    <message>
        <source>{name} could not be read: {detail}.</source>
        <translation>无法读取 {name}：{detail}。</translation>
    </message>
    <message>
        <source>{name} could not be replaced. Close it if it is open in another program.</source>
        <translation>无法替换 {name}。如果它正在其他程序中打开，请先关闭。</translation>
    </message>
    <message>
        <source>{name} could not be written: {detail}.</source>
        <translation>无法写入 {name}：{detail}。</translation>
    </message>
    <message>
        <source>{name} does not answer. It may be on a network drive that is gone.</source>
        <translation>{name} 没有响应。它是否位于已断开的网络驱动器上？</translation>
    </message>
    <message>
        <source>{name} has no pages {pages}: it has {count}. Write a range like 1-3,7.</source>
        <translation>{name} 没有第 {pages} 页：共有 {count} 页。请按 1-3,7 的形式填写范围。</translation>
    </message>
    <message>
        <source>{name} has no pages.</source>
        <translation>{name} 没有页面。</translation>
    </message>
    <message>
        <source>{name} is a film or a sound. Only images and PDFs can be read.</source>
        <translation>{name} 是视频或音频。只能识别图片和 PDF。</translation>
    </message>
    <message>
        <source>{name} is a presentation. Save it as a PDF, and add that.</source>
        <translation>{name} 是演示文稿。请将其另存为 PDF 后再添加。</translation>
    </message>
    <message>
        <source>{name} is a program, not an image or a PDF.</source>
        <translation>{name} 是程序，不是图片或 PDF。</translation>
    </message>
    <message>
        <source>{name} is a spreadsheet. Save it as a PDF, and add that.</source>
        <translation>{name} 是电子表格。请将其另存为 PDF 后再添加。</translation>
    </message>
    <message>
        <source>{name} is a text document of an office program. Save it as a PDF, and add that.</source>
        <translation>{name} 是办公软件的文字文档。请将其另存为 PDF 后再添加。</translation>
    </message>
    <message>
        <source>{name} is a web page. Print it to a PDF, and add that.</source>
        <translation>{name} 是网页。请将其打印为 PDF 后再添加。</translation>
    </message>
    <message>
        <source>{name} is an archive. Unpack it, and add what is in it.</source>
        <translation>{name} 是压缩包。请先解压，再添加其中的文件。</translation>
    </message>
    <message>
        <source>{name} is an e-book. Save it as a PDF, and add that.</source>
        <translation>{name} 是电子书。请将其另存为 PDF 后再添加。</translation>
    </message>
    <message>
        <source>{name} is an e-mail. Save what is attached to it, and add that.</source>
        <translation>{name} 是电子邮件。请保存其附件后再添加。</translation>
    </message>
    <message>
        <source>{name} is an image of a kind that this program cannot read. Save it as a PNG or a PDF, and add that.</source>
        <translation>{name} 是本程序无法读取的图片格式。请将其另存为 PNG 或 PDF 后再添加。</translation>
    </message>
    <message>
        <source>{name} is damaged and cannot be read.</source>
        <translation>{name} 已损坏，无法读取。</translation>
    </message>
    <message>
        <source>{name} is empty.</source>
        <translation>{name} 是空文件。</translation>
    </message>
    <message>
        <source>{name} is not a file that can be read.</source>
        <translation>{name} 不是可以读取的文件。</translation>
    </message>
    <message>
        <source>{name} is not a journal of this program. Name another file, or one that is not there yet.</source>
        <translation>{name} 不是本程序的日志。请指定另一个文件，或一个尚不存在的文件。</translation>
    </message>
    <message>
        <source>{name} is not an image or a PDF that this program can read.</source>
        <translation>{name} 不是本程序能读取的图像或 PDF。</translation>
    </message>
    <message>
        <source>{name} is one file, which does not go with {option}. Give a folder.</source>
        <translation>{name} 是单个文件，不能与 {option} 一起使用。请指定文件夹。</translation>
    </message>
    <message>
        <source>{name} is protected in a way that this program cannot open.</source>
        <translation>{name} 受到保护，本程序无法打开。</translation>
    </message>
    <message>
        <source>{name} is text already, so that there is nothing to recognize in it.</source>
        <translation>{name} 本身已是文本，没有需要识别的内容。</translation>
    </message>
    <message>
        <source>{name} is too large to be a file of settings.</source>
        <translation>{name} 过大，不可能是设置文件。</translation>
    </message>
    <message>
        <source>{name} lies in too many folders, one in the other, to look into it. Add it by itself.</source>
        <translation>{name} 所在的文件夹嵌套过深，无法查看。请单独添加它。</translation>
    </message>
    <message>
        <source>{name} may not be read: permission denied.</source>
        <translation>无法读取 {name}：没有权限。</translation>
    </message>
    <message>
        <source>{name} needs a password.</source>
        <translation>{name} 需要密码。</translation>
    </message>
    <message>
        <source>{name} was made by a newer version of this program. It is left as it is, and nothing is kept.</source>
        <translation>{name} 由本程序的较新版本创建。它保持原样，不再保存任何内容。</translation>
    </message>
    <message>
        <source>{name}: an address with a name or a password in it would be shown to everybody. Give the address alone, and sign in: in the window, or with glmocr-desktop login.</source>
        <translation>{name}：地址中的用户名或密码会被所有人看到。请只填写地址，然后在窗口中登录，或使用 glmocr-desktop login。</translation>
    </message>
    <message>
        <source>{name}: each needs a name.</source>
        <translation>{name}：每一个都需要名称。</translation>
    </message>
    <message>
        <source>{name}: these are no prompts, too many, or too long.</source>
        <translation>{name}：这些不是提示词，或者太多、太长。</translation>
    </message>
    <message>
        <source>{name}: {count} addresses are too many; the limit is {limit}.</source>
        <translation>{name}：地址过多（{count} 个），最多 {limit} 个。</translation>
    </message>
    <message>
        <source>{name}: {value!r} is not one of {choices}.</source>
        <translation>{name}：{value!r} 不是以下选项之一：{choices}。</translation>
    </message>
    <message>
        <source>{name}: {value!r} is not the address of a server. Write it like http://localhost:7860.</source>
        <translation>{name}：{value!r} 不是服务器地址。请按 http://localhost:7860 的形式填写。</translation>
    </message>
    <message>
        <source>{name}: {value!r} is not the name of an endpoint. Write it like /predict.</source>
        <translation>{name}：{value!r} 不是端点名称。请按 /predict 的形式填写。</translation>
    </message>
    <message>
        <source>{name}: {value!r} is not {wanted}.</source>
        <translation>{name}：{value!r} 不是{wanted}。</translation>
    </message>
    <message>
        <source>{name}: {value} is not between {low} and {high}.</source>
        <translation>{name}：{value} 不在 {low} 到 {high} 之间。</translation>
    </message>
    <message>
        <source>{option} is for files, and they need a folder: -o DIR.</source>
        <translation>{option} 用于输出文件，需要指定文件夹：-o DIR。</translation>
    </message>
    <message>
        <source>{prompt}: the template is not JSON at line {line}, column {column}.</source>
        <translation>{prompt}：模板第 {line} 行第 {column} 列不符合 JSON 格式。</translation>
    </message>
    <message>
        <source>{prompt}: the template is not a JSON object with keys.</source>
        <translation>{prompt}：模板不是带有键的 JSON 对象。</translation>
    </message>
    <message>
        <source>{prompt}: write what the server is asked for.</source>
        <translation>{prompt}：请填写发给服务器的提示词。</translation>
    </message>
    <message>
        <source>{server} answers, but it is not a GLM-OCR server.</source>
        <translation>{server} 有响应，但不是 GLM-OCR 服务器。</translation>
    </message>
    <message>
        <source>{server} is another computer, and pages are to stay on this one.</source>
        <translation>{server} 是另一台计算机，而页面只允许留在本机。</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>One for each document</source>
        <translation>每个文档一个</translation>
    </message>
    <message>
        <source>One for all documents</source>
        <translation>所有文档合为一个</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>In one file with the text</source>
        <translation>与文本在同一文件中</translation>
    </message>
    <message>
        <source>Each in a file of its own</source>
        <translation>每个表格单独一个文件</translation>
    </message>
    <message>
        <source>Tables</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>Names</source>
        <translation>文件名</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>选择文件夹</translation>
    </message>
    <message>
        <source>Made of words and {0}</source>
        <translation>由文字和 {0} 组成</translation>
    </message>
    <message>
        <source>Files that are there already are kept: a new name is found beside them.</source>
        <translation>已有的文件会保留，新文件会另取名称。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>1 page</source>
        <translation>1 页</translation>
    </message>
    <message>
        <source>{0} pages of 1 document</source>
        <translation>1 个文档，共 {0} 页</translation>
    </message>
    <message>
        <source>{0} pages of {1} documents</source>
        <translation>{1} 个文档，共 {0} 页</translation>
    </message>
    <message>
        <source>For example: {0}</source>
        <translation>例如：{0}</translation>
    </message>
</context>
<context>
    <name>Fall</name>
    <message>
        <source>The program ended unexpectedly the last time. Nothing was sent to anybody.</source>
        <translation>程序上次意外结束。没有向任何人发送任何内容。</translation>
    </message>
    <message>
        <source>Show the report</source>
        <translation>查看报告</translation>
    </message>
    <message>
        <source>Where the program stood when it ended. Names, files and addresses were left out; look through it before you give it to anybody. It is kept in the log folder.</source>
        <translation>程序结束时所处的位置。名称、文件和地址已略去；交给别人之前请先看一遍。它保存在日志文件夹中。</translation>
    </message>
    <message>
        <source>Unexpected end</source>
        <translation>意外结束</translation>
    </message>
</context>
<context>
    <name>FindBar</name>
    <message>
        <source>Find</source>
        <translation>查找</translation>
    </message>
    <message>
        <source>Find in results</source>
        <translation>在结果中查找</translation>
    </message>
    <message>
        <source>Aa</source>
        <translation>Aa</translation>
    </message>
    <message>
        <source>Match case</source>
        <translation>区分大小写</translation>
    </message>
    <message>
        <source>Where to look</source>
        <translation>查找范围</translation>
    </message>
    <message>
        <source>This page</source>
        <translation>此页</translation>
    </message>
    <message>
        <source>This document</source>
        <translation>此文档</translation>
    </message>
    <message>
        <source>All results</source>
        <translation>所有结果</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} / {1}</translation>
    </message>
    <message>
        <source>Previous place (Shift+F3)</source>
        <translation>上一处 (Shift+F3)</translation>
    </message>
    <message>
        <source>Next place (F3)</source>
        <translation>下一处 (F3)</translation>
    </message>
    <message>
        <source>Close (Esc)</source>
        <translation>关闭 (Esc)</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>未找到</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>正在查找…</translation>
    </message>
    <message>
        <source>{0}…</source>
        <translation>{0}…</translation>
    </message>
</context>
<context>
    <name>Formats</name>
    <message>
        <source>CSV</source>
        <translation>CSV</translation>
    </message>
    <message>
        <source>Excel workbook</source>
        <translation>Excel 工作簿</translation>
    </message>
    <message>
        <source>JSON</source>
        <translation>JSON</translation>
    </message>
    <message>
        <source>LaTeX</source>
        <translation>LaTeX</translation>
    </message>
    <message>
        <source>Markdown</source>
        <translation>Markdown</translation>
    </message>
    <message>
        <source>Plain text</source>
        <translation>纯文本</translation>
    </message>
    <message>
        <source>Tab-separated values</source>
        <translation>制表符分隔（TSV）</translation>
    </message>
    <message>
        <source>Web page</source>
        <translation>网页</translation>
    </message>
    <message>
        <source>Word</source>
        <translation>Word</translation>
    </message>
</context>
<context>
    <name>FormulaEditor</name>
    <message>
        <source>Formula before</source>
        <translation>上一个公式</translation>
    </message>
    <message>
        <source>Next formula</source>
        <translation>下一个公式</translation>
    </message>
    <message>
        <source>LaTeX of the formula, can be corrected</source>
        <translation>公式的 LaTeX，可以修改</translation>
    </message>
    <message>
        <source>Tidy</source>
        <translation>整理</translation>
    </message>
    <message>
        <source>Take out the blanks that change nothing</source>
        <translation>去掉多余的空格</translation>
    </message>
    <message>
        <source>As received</source>
        <translation>原始结果</translation>
    </message>
    <message>
        <source>Put back the LaTeX as it was received</source>
        <translation>恢复原始的 LaTeX</translation>
    </message>
    <message>
        <source>Formula {0} of {1}</source>
        <translation>公式 {0} / {1}</translation>
    </message>
    <message>
        <source>Formula {0} of {1}, within words</source>
        <translation>公式 {0} / {1}，行内</translation>
    </message>
</context>
<context>
    <name>FormulaPreview</name>
    <message>
        <source>The formula as it will look</source>
        <translation>公式预览</translation>
    </message>
</context>
<context>
    <name>Formulas</name>
    <message>
        <source>A $ is missing.</source>
        <translation>缺少 $。</translation>
    </message>
    <message>
        <source>A \left is missing.</source>
        <translation>缺少 \left。</translation>
    </message>
    <message>
        <source>A \right is missing.</source>
        <translation>缺少 \right。</translation>
    </message>
    <message>
        <source>A bracket is missing after \left or \right.</source>
        <translation>\left 或 \right 之后缺少括号。</translation>
    </message>
    <message>
        <source>A closing brace }} is missing.</source>
        <translation>缺少右花括号 }}。</translation>
    </message>
    <message>
        <source>A closing bracket ] is missing.</source>
        <translation>缺少右方括号 ]。</translation>
    </message>
    <message>
        <source>A column mark &amp; or a line end is in a wrong place.</source>
        <translation>列分隔符 &amp; 或换行的位置不对。</translation>
    </message>
    <message>
        <source>An \end is missing: {message}.</source>
        <translation>缺少 \end：{message}。</translation>
    </message>
    <message>
        <source>Formulas cannot be drawn: MathJax is not installed.</source>
        <translation>无法绘制公式：未安装 MathJax。</translation>
    </message>
    <message>
        <source>Something is missing after ^ or _.</source>
        <translation>^ 或 _ 之后缺少内容。</translation>
    </message>
    <message>
        <source>Something is missing after a command: {message}.</source>
        <translation>命令之后缺少内容：{message}。</translation>
    </message>
    <message>
        <source>There are two exponents in one place.</source>
        <translation>同一处有两个上标。</translation>
    </message>
    <message>
        <source>There are two indices in one place.</source>
        <translation>同一处有两个下标。</translation>
    </message>
    <message>
        <source>There is a closing brace }} too many.</source>
        <translation>多了一个右花括号 }}。</translation>
    </message>
    <message>
        <source>There is no formula.</source>
        <translation>没有公式。</translation>
    </message>
    <message>
        <source>This formula cannot be read: {message}.</source>
        <translation>无法解析此公式：{message}。</translation>
    </message>
    <message>
        <source>This formula is too complex to be drawn.</source>
        <translation>此公式过于复杂，无法绘制。</translation>
    </message>
    <message>
        <source>This formula is too long to be drawn.</source>
        <translation>此公式过长，无法绘制。</translation>
    </message>
    <message>
        <source>Unknown command {value}.</source>
        <translation>未知命令 {value}。</translation>
    </message>
    <message>
        <source>Unknown kind of environment after \begin.</source>
        <translation>\begin 之后是未知的环境。</translation>
    </message>
    <message>
        <source>\begin and \end do not match: {message}.</source>
        <translation>\begin 与 \end 不匹配：{message}。</translation>
    </message>
</context>
<context>
    <name>FoundWords</name>
    <message>
        <source>{0}, page {1}</source>
        <translation>{0}，第 {1} 页</translation>
    </message>
    <message>
        <source>{0} · region {1}</source>
        <translation>{0} · 区域 {1}</translation>
    </message>
    <message>
        <source>corrected</source>
        <translation>已更正</translation>
    </message>
    <message>
        <source>open</source>
        <translation>已打开</translation>
    </message>
    <message>
        <source>1 page</source>
        <translation>1 页</translation>
    </message>
    <message>
        <source>{0} pages</source>
        <translation>{0} 页</translation>
    </message>
</context>
<context>
    <name>Health</name>
    <message>
        <source>Busy ({0} waiting)</source>
        <translation>忙碌（{0} 页等待）</translation>
    </message>
    <message>
        <source>Down, reading offline</source>
        <translation>无响应，正在离线识别</translation>
    </message>
    <message>
        <source>{0} ms</source>
        <translation>{0} 毫秒</translation>
    </message>
    <message>
        <source>reads {0} of {1}</source>
        <translation>可识别 {0} / {1}</translation>
    </message>
    <message>
        <source>Not used</source>
        <translation>未使用</translation>
    </message>
    <message>
        <source>Checking</source>
        <translation>正在检查</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>就绪</translation>
    </message>
    <message>
        <source>Busy</source>
        <translation>忙碌</translation>
    </message>
    <message>
        <source>Slow</source>
        <translation>缓慢</translation>
    </message>
    <message>
        <source>Answers, but does not read</source>
        <translation>有响应，但不能识别</translation>
    </message>
    <message>
        <source>Sign-in needed</source>
        <translation>需要登录</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>无响应</translation>
    </message>
</context>
<context>
    <name>HealthStrip</name>
    <message>
        <source>Health of {0} in the last hour</source>
        <translation>{0} 最近一小时的状况</translation>
    </message>
    <message>
        <source>{0} ms</source>
        <translation>{0} 毫秒</translation>
    </message>
    <message>
        <source>last hour</source>
        <translation>最近一小时</translation>
    </message>
</context>
<context>
    <name>Help</name>
    <message>
        <source>Help</source>
        <translation>帮助</translation>
    </message>
    <message>
        <source>Keyboard shortcuts…</source>
        <translation>键盘快捷键…</translation>
    </message>
    <message>
        <source>User guide</source>
        <translation>使用指南</translation>
    </message>
    <message>
        <source>Copy diagnostics…</source>
        <translation>复制诊断信息…</translation>
    </message>
    <message>
        <source>Open the log folder</source>
        <translation>打开日志文件夹</translation>
    </message>
    <message>
        <source>About GLM-OCR Desktop…</source>
        <translation>关于 GLM-OCR Desktop…</translation>
    </message>
    <message>
        <source>Reads documents with a GLM-OCR server, or offline.</source>
        <translation>通过 GLM-OCR 服务器识别文档，也可离线识别。</translation>
    </message>
    <message>
        <source>Licence: Apache-2.0. These packages come with it:</source>
        <translation>许可证：Apache-2.0。随附以下软件包：</translation>
    </message>
    <message>
        <source>About</source>
        <translation>关于</translation>
    </message>
    <message>
        <source>Licences…</source>
        <translation>许可证…</translation>
    </message>
    <message>
        <source>Under which licences the program and its parts are, and their full texts.</source>
        <translation>本程序及其各组成部分所用的许可证及其全文。</translation>
    </message>
    <message>
        <source>Licences</source>
        <translation>许可证</translation>
    </message>
    <message>
        <source>The licences are being gathered…</source>
        <translation>正在收集许可证…</translation>
    </message>
    <message>
        <source>This was copied to the clipboard. Addresses, names, files and passwords were left out; look through it before you send it to anybody.</source>
        <translation>以下内容已复制到剪贴板。地址、姓名、文件和密码均已略去；发给他人之前，请先过目。</translation>
    </message>
    <message>
        <source>Diagnostics</source>
        <translation>诊断信息</translation>
    </message>
    <message>
        <source>The log folder cannot be opened: {0}.</source>
        <translation>无法打开日志文件夹：{0}。</translation>
    </message>
    <message>
        <source>No program opens this here. It is in {0}.</source>
        <translation>本机没有程序能打开它。它位于 {0}。</translation>
    </message>
</context>
<context>
    <name>History</name>
    <message>
        <source>Delete this page?</source>
        <translation>删除这一页？</translation>
    </message>
    <message>
        <source>Delete {0}?</source>
        <translation>删除 {0}？</translation>
    </message>
    <message>
        <source>Results and corrections are gone then, and cannot be brought back. Your own files stay.</source>
        <translation>识别结果和更正将被删除，无法恢复。您自己的文件会保留。</translation>
    </message>
    <message>
        <source>Delete all of the history?</source>
        <translation>删除全部历史？</translation>
    </message>
    <message>
        <source>{0}. What is open in the window stays, and so do your own files.</source>
        <translation>{0}。窗口中打开的内容会保留，您自己的文件也会保留。</translation>
    </message>
    <message>
        <source>Delete what was kept earlier?</source>
        <translation>删除以前保存的内容？</translation>
    </message>
    <message>
        <source>Nothing is kept any more, but what was is still on the disk. Your own files stay in any case.</source>
        <translation>现在不再保存任何内容，但以前保存的仍在磁盘上。您自己的文件无论如何都会保留。</translation>
    </message>
    <message>
        <source>What was kept could not be deleted: {0}.</source>
        <translation>以前保存的内容无法删除：{0}。</translation>
    </message>
    <message>
        <source>What was kept earlier is deleted.</source>
        <translation>以前保存的内容已删除。</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
</context>
<context>
    <name>HistoryWindow</name>
    <message>
        <source>Settings…</source>
        <translation>设置…</translation>
    </message>
    <message>
        <source>Delete what was kept earlier…</source>
        <translation>删除以前保存的内容…</translation>
    </message>
    <message>
        <source>Delete all…</source>
        <translation>全部删除…</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>删除…</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>History</source>
        <translation>历史</translation>
    </message>
    <message>
        <source>Pages that were read before</source>
        <translation>以前识别的页面</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>没有找到</translation>
    </message>
    <message>
        <source>No page has these words, or what else was chosen.</source>
        <translation>没有页面包含这些词或符合所选条件。</translation>
    </message>
    <message>
        <source>Nothing yet</source>
        <translation>还没有内容</translation>
    </message>
    <message>
        <source>What you read is kept here until you delete it.</source>
        <translation>您识别的内容会保存在这里，直到您删除。</translation>
    </message>
    <message>
        <source>No history is kept</source>
        <translation>不保存历史</translation>
    </message>
    <message>
        <source>What you read is gone when the program ends. The settings can change that.</source>
        <translation>您识别的内容在程序结束时消失。可以在设置中更改。</translation>
    </message>
</context>
<context>
    <name>Intake</name>
    <message>
        <source>Only files on this computer can be added. Nothing was downloaded.</source>
        <translation>只能添加本机上的文件，没有下载任何内容。</translation>
    </message>
    <message>
        <source>The clipboard holds no image and no files.</source>
        <translation>剪贴板中没有图像或文件。</translation>
    </message>
    <message>
        <source>This image cannot be read.</source>
        <translation>无法读取此图像。</translation>
    </message>
    <message>
        <source>The image could not be kept in {0}: {1}.</source>
        <translation>无法将图像保存到 {0}：{1}。</translation>
    </message>
</context>
<context>
    <name>Keys</name>
    <message>
        <source>Documents</source>
        <translation>文档</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>窗口</translation>
    </message>
</context>
<context>
    <name>LatenciesCard</name>
    <message>
        <source>Times by phase</source>
        <translation>各阶段用时</translation>
    </message>
    <message>
        <source>p50</source>
        <translation>p50</translation>
    </message>
    <message>
        <source>p95</source>
        <translation>p95</translation>
    </message>
    <message>
        <source>p99</source>
        <translation>p99</translation>
    </message>
    <message>
        <source>Whole page</source>
        <translation>整页</translation>
    </message>
    <message>
        <source>Times</source>
        <translation>用时</translation>
    </message>
    <message>
        <source>Half of all pages take no longer than p50, 95 of 100 no longer than p95, 99 no longer than p99.</source>
        <translation>半数页面的用时不超过 p50，95% 不超过 p95，99% 不超过 p99。</translation>
    </message>
</context>
<context>
    <name>Limiting</name>
    <message>
        <source>For the pages that are read from now on, until the program ends.</source>
        <translation>适用于此后识别的页面，直到程序结束。</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>使用</translation>
    </message>
    <message>
        <source>For {0} pages, each time that they are read again.</source>
        <translation>适用于 {0} 页，每次重新识别时生效。</translation>
    </message>
    <message>
        <source>For this page, each time that it is read again.</source>
        <translation>适用于此页，每次重新识别时生效。</translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>重新识别</translation>
    </message>
</context>
<context>
    <name>LimitsDialog</name>
    <message>
        <source>Time limits</source>
        <translation>时限</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Reset to the settings</source>
        <translation>恢复为设置中的值</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>There is no font for Chinese on this computer, so Chinese characters show as boxes. Install one, for example: apt install fonts-wqy-microhei</source>
        <translation>本机没有中文字体，汉字会显示为方框。请安装一种，例如：apt install fonts-wqy-microhei</translation>
    </message>
    <message>
        <source>Something went wrong inside the program ({0}). The log has the details.</source>
        <translation>程序内部出错（{0}），详情见日志。</translation>
    </message>
</context>
<context>
    <name>MemoryCard</name>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>Memory over time</source>
        <translation>内存变化</translation>
    </message>
</context>
<context>
    <name>MetricsDock</name>
    <message>
        <source>Metrics</source>
        <translation>指标</translation>
    </message>
</context>
<context>
    <name>Modes</name>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>Formula</source>
        <translation>公式</translation>
    </message>
</context>
<context>
    <name>NoticeBar</name>
    <message>
        <source>Previous notice</source>
        <translation>上一条提示</translation>
    </message>
    <message>
        <source>Next notice</source>
        <translation>下一条提示</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>知道了</translation>
    </message>
    <message>
        <source>Dismiss the notice</source>
        <translation>关闭提示</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} / {1}</translation>
    </message>
</context>
<context>
    <name>Outages</name>
    <message>
        <source>The server at {0} is not answering.</source>
        <translation>服务器 {0} 没有响应。</translation>
    </message>
    <message>
        <source>The server at {0} wants you to sign in.</source>
        <translation>服务器 {0} 要求登录。</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>Show certificate</source>
        <translation>查看证书</translation>
    </message>
    <message>
        <source>The server at {0} answers, but does not read.</source>
        <translation>服务器 {0} 有响应，但不能识别。</translation>
    </message>
    <message>
        <source>Pages go to {0}.</source>
        <translation>页面改由 {0} 识别。</translation>
    </message>
    <message>
        <source>Pages are read offline until a server is back.</source>
        <translation>在服务器恢复之前，页面将离线识别。</translation>
    </message>
    <message>
        <source>Pages are read offline until it is back.</source>
        <translation>在它恢复之前，页面将离线识别。</translation>
    </message>
    <message>
        <source>Pages are read offline meanwhile.</source>
        <translation>在此期间，页面将离线识别。</translation>
    </message>
    <message>
        <source>The server at {0} is back.</source>
        <translation>服务器 {0} 已恢复。</translation>
    </message>
    <message>
        <source>The server is back. {0} pages were read offline.</source>
        <translation>服务器已恢复。有 {0} 页是离线识别的。</translation>
    </message>
    <message>
        <source>The server is back. One page was read offline.</source>
        <translation>服务器已恢复。有 1 页是离线识别的。</translation>
    </message>
    <message>
        <source>Read them again</source>
        <translation>重新识别这些页</translation>
    </message>
</context>
<context>
    <name>Outcomes</name>
    <message>
        <source>Done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>On the second try</source>
        <translation>第二次尝试</translation>
    </message>
    <message>
        <source>Simpler request</source>
        <translation>简化请求</translation>
    </message>
    <message>
        <source>Done offline</source>
        <translation>已离线完成</translation>
    </message>
    <message>
        <source>Timed out</source>
        <translation>已超时</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
</context>
<context>
    <name>OutcomesCard</name>
    <message>
        <source>How pages ended</source>
        <translation>页面的结果</translation>
    </message>
    <message>
        <source>pages</source>
        <translation>页数</translation>
    </message>
    <message>
        <source>share</source>
        <translation>占比</translation>
    </message>
    <message>
        <source>in all</source>
        <translation>总计</translation>
    </message>
    <message>
        <source>Outcomes</source>
        <translation>结果分布</translation>
    </message>
    <message>
        <source>In all: since {0}</source>
        <translation>总计：自 {0} 起</translation>
    </message>
</context>
<context>
    <name>OutputCommands</name>
    <message>
        <source>Find</source>
        <translation>查找</translation>
    </message>
    <message>
        <source>Find next</source>
        <translation>查找下一处</translation>
    </message>
    <message>
        <source>Find previous</source>
        <translation>查找上一处</translation>
    </message>
    <message>
        <source>Next doubtful place</source>
        <translation>下一个存疑之处</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Previous doubtful place</source>
        <translation>上一个存疑之处</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy the selected results</source>
        <translation>复制选中的结果</translation>
    </message>
    <message>
        <source>Copy as</source>
        <translation>复制为</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>More choices…</source>
        <translation>更多选项…</translation>
    </message>
    <message>
        <source>{0} ({1})</source>
        <translation>{0} ({1})</translation>
    </message>
    <message>
        <source>All pages ({0}) as</source>
        <translation>将所有页（{0} 页）导出为</translation>
    </message>
    <message>
        <source>Selected pages ({0}) as</source>
        <translation>将选中的页（{0} 页）导出为</translation>
    </message>
</context>
<context>
    <name>Overlay</name>
    <message>
        <source>Capture</source>
        <translation>截屏</translation>
    </message>
    <message>
        <source>Choose the area that is to be read</source>
        <translation>选择要识别的区域</translation>
    </message>
    <message>
        <source>Drag over what is to be read. Arrow keys move and, with Shift, stretch. Enter takes, Esc cancels.</source>
        <translation>拖动鼠标框选要识别的内容。方向键移动选框，按住 Shift 调整大小；按回车确认，按 Esc 取消。</translation>
    </message>
    <message>
        <source>{0} × {1}</source>
        <translation>{0} × {1}</translation>
    </message>
</context>
<context>
    <name>Overview</name>
    <message>
        <source>Nothing was read yet</source>
        <translation>还没有识别过页面</translation>
    </message>
    <message>
        <source>Speed, times and outcomes appear here as soon as pages are read.</source>
        <translation>开始识别后，这里会显示速度、用时和结果。</translation>
    </message>
</context>
<context>
    <name>PagePane</name>
    <message>
        <source>There is no result to show boxes of</source>
        <translation>没有可以显示位置框的结果</translation>
    </message>
    <message>
        <source>Who read this page does not say where on it the words stand</source>
        <translation>此页的识别结果不含文字的位置</translation>
    </message>
    <message>
        <source>{0} · page {1} of {2}</source>
        <translation>{0} · 第 {1} 页，共 {2} 页</translation>
    </message>
    <message>
        <source>As sent: {0} × {1} pixels, {2} kB</source>
        <translation>发送的图像：{0} × {1} 像素，{2} kB</translation>
    </message>
    <message>
        <source>As sent: {0} × {1} pixels, {2} MB</source>
        <translation>发送的图像：{0} × {1} 像素，{2} MB</translation>
    </message>
</context>
<context>
    <name>PageTools</name>
    <message>
        <source>Read regions of the page</source>
        <translation>识别页面中的区域</translation>
    </message>
    <message>
        <source>Show boxes</source>
        <translation>显示位置框</translation>
    </message>
    <message>
        <source>As sent</source>
        <translation>发送的图像</translation>
    </message>
    <message>
        <source>Show the image that a server gets</source>
        <translation>显示服务器收到的图像</translation>
    </message>
    <message>
        <source>{0} %</source>
        <translation>{0}%</translation>
    </message>
    <message>
        <source>Show where on the page the words of the result stand</source>
        <translation>在页面上显示结果中文字的位置</translation>
    </message>
    <message>
        <source>Size of the page on the screen</source>
        <translation>页面的显示大小</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Fit the page</source>
        <translation>适合页面</translation>
    </message>
    <message>
        <source>Fit the width</source>
        <translation>适合宽度</translation>
    </message>
    <message>
        <source>Actual size (100 %)</source>
        <translation>实际大小 (100%)</translation>
    </message>
    <message>
        <source>Turn left</source>
        <translation>向左旋转</translation>
    </message>
    <message>
        <source>Turn right</source>
        <translation>向右旋转</translation>
    </message>
</context>
<context>
    <name>PageView</name>
    <message>
        <source>Page</source>
        <translation>页面</translation>
    </message>
</context>
<context>
    <name>PasswordDialog</name>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>{0} needs a password.</source>
        <translation>{0} 需要密码。</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>PhaseNames</name>
    <message>
        <source>Preparing</source>
        <translation>准备</translation>
    </message>
    <message>
        <source>Waiting for a place</source>
        <translation>等待空位</translation>
    </message>
    <message>
        <source>Sending</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>The server&apos;s queue</source>
        <translation>服务器队列</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>识别</translation>
    </message>
    <message>
        <source>Parsing the answer</source>
        <translation>解析结果</translation>
    </message>
</context>
<context>
    <name>Phases</name>
    <message>
        <source>place {0} in the server&apos;s queue</source>
        <translation>在服务器队列中排第 {0} 位</translation>
    </message>
    <message>
        <source>preparing the page</source>
        <translation>正在准备页面</translation>
    </message>
    <message>
        <source>waiting for a place</source>
        <translation>正在等待空位</translation>
    </message>
    <message>
        <source>sending the page</source>
        <translation>正在发送页面</translation>
    </message>
    <message>
        <source>in the server&apos;s queue</source>
        <translation>在服务器队列中</translation>
    </message>
</context>
<context>
    <name>Place</name>
    <message>
        <source>This computer</source>
        <translation>本机</translation>
    </message>
    <message>
        <source>Local network</source>
        <translation>局域网</translation>
    </message>
    <message>
        <source>Internet</source>
        <translation>互联网</translation>
    </message>
    <message>
        <source>{0}: {1}</source>
        <translation>{0}：{1}</translation>
    </message>
    <message>
        <source>Offline reading: {0}</source>
        <translation>离线识别：{0}</translation>
    </message>
    <message>
        <source>This computer only</source>
        <translation>仅限本机</translation>
    </message>
</context>
<context>
    <name>PlacesCard</name>
    <message>
        <source>{0} in the queue here · {1} sockets opened</source>
        <translation>本机队列中 {0} 页 · 已打开 {1} 个连接</translation>
    </message>
    <message>
        <source>{0} of {1} in use</source>
        <translation>{0} / {1} 使用中</translation>
    </message>
    <message>
        <source>{0} waiting</source>
        <translation>{0} 等待中</translation>
    </message>
    <message>
        <source>{0} in the queue here</source>
        <translation>本机队列中 {0} 页</translation>
    </message>
    <message>
        <source>Places at the server</source>
        <translation>服务器空位</translation>
    </message>
    <message>
        <source>Places in use, and pages that wait, over time</source>
        <translation>使用中的空位和等待的页面随时间的变化</translation>
    </message>
</context>
<context>
    <name>Portal</name>
    <message>
        <source>The desktop refused to capture the screen. Its privacy settings may allow it.</source>
        <translation>桌面拒绝截屏。可以在它的隐私设置中允许。</translation>
    </message>
    <message>
        <source>This desktop does not let programs capture the screen. Take a screenshot with the desktop&apos;s own keys, and paste it here.</source>
        <translation>此桌面不允许程序截屏。请用桌面自带的快捷键截屏，再粘贴到这里。</translation>
    </message>
    <message>
        <source>The desktop did not answer, so nothing was captured.</source>
        <translation>桌面没有响应，没有截取任何内容。</translation>
    </message>
</context>
<context>
    <name>Preferences</name>
    <message>
        <source>The settings are in use, but could not be kept: {0}.</source>
        <translation>设置已生效，但无法保存：{0}。</translation>
    </message>
    <message>
        <source>Export the settings</source>
        <translation>导出设置</translation>
    </message>
    <message>
        <source>Import settings</source>
        <translation>导入设置</translation>
    </message>
    <message>
        <source>Settings (*.json)</source>
        <translation>设置 (*.json)</translation>
    </message>
    <message>
        <source>The settings were written to {0}.</source>
        <translation>设置已写入 {0}。</translation>
    </message>
    <message>
        <source>Filled in from {0}, and used when you save: {1}.</source>
        <translation>已从 {0} 填入，保存后生效：{1}。</translation>
    </message>
    <message>
        <source>{0} has the settings that are in use.</source>
        <translation>{0} 中的设置与当前使用的相同。</translation>
    </message>
    <message>
        <source>Not known to this program, and left out: {0}.</source>
        <translation>以下设置本程序不认识，已略过：{0}。</translation>
    </message>
</context>
<context>
    <name>Progress</name>
    <message>
        <source>Paused: pages that are added wait</source>
        <translation>已暂停：新添加的页面会等待</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} / {1}</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>{0} paused</source>
        <translation>{0} 页已暂停</translation>
    </message>
    <message>
        <source>Pausing</source>
        <translation>正在暂停</translation>
    </message>
    <message>
        <source>{0} pages/s</source>
        <translation>{0} 页/秒</translation>
    </message>
    <message>
        <source>{0} pages/min</source>
        <translation>{0} 页/分</translation>
    </message>
    <message>
        <source>a few seconds left</source>
        <translation>剩余几秒</translation>
    </message>
    <message>
        <source>{0} s left</source>
        <translation>剩余 {0} 秒</translation>
    </message>
    <message>
        <source>{0} min left</source>
        <translation>剩余 {0} 分钟</translation>
    </message>
    <message>
        <source>{0} h left</source>
        <translation>剩余 {0} 小时</translation>
    </message>
</context>
<context>
    <name>PromptsEditor</name>
    <message>
        <source>Add a prompt</source>
        <translation>添加提示词</translation>
    </message>
    <message>
        <source>Remove the prompt</source>
        <translation>移除提示词</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Asks</source>
        <translation>提示词</translation>
    </message>
    <message>
        <source>Template</source>
        <translation>模板</translation>
    </message>
    <message>
        <source>A JSON object whose keys the answer shall have; empty for any text</source>
        <translation>JSON 对象，结果应包含其中的键；留空则返回任意文本</translation>
    </message>
    <message>
        <source>Prompt {0}</source>
        <translation>提示词 {0}</translation>
    </message>
</context>
<context>
    <name>QueueBar</name>
    <message>
        <source>Filter by state, mode or engine</source>
        <translation>按状态、模式或引擎筛选</translation>
    </message>
    <message>
        <source>Sort</source>
        <translation>排序</translation>
    </message>
    <message>
        <source>Filter by name or text</source>
        <translation>按名称或文本筛选</translation>
    </message>
    <message>
        <source>See only pages with these words (Ctrl+Shift+F)</source>
        <translation>只显示包含这些文字的页面 (Ctrl+Shift+F)</translation>
    </message>
    <message>
        <source>See all pages</source>
        <translation>显示所有页面</translation>
    </message>
    <message>
        <source>Needs a look</source>
        <translation>需要核对</translation>
    </message>
    <message>
        <source>As added</source>
        <translation>按添加顺序</translation>
    </message>
    <message>
        <source>By name</source>
        <translation>按名称</translation>
    </message>
    <message>
        <source>By state</source>
        <translation>按状态</translation>
    </message>
    <message>
        <source>By time taken, longest first</source>
        <translation>按用时，最长在前</translation>
    </message>
    <message>
        <source>What needs a look first</source>
        <translation>需要核对的在前</translation>
    </message>
    <message>
        <source>Sort again</source>
        <translation>重新排序</translation>
    </message>
    <message>
        <source>See all</source>
        <translation>显示全部</translation>
    </message>
    <message>
        <source>{0} of {1} pages</source>
        <translation>{0} / {1} 页</translation>
    </message>
    <message>
        <source>No page is like this.</source>
        <translation>没有符合条件的页面。</translation>
    </message>
</context>
<context>
    <name>RegionBar</name>
    <message>
        <source>Add a region (Insert)</source>
        <translation>添加区域 (Insert)</translation>
    </message>
    <message>
        <source>Remove the region (Del)</source>
        <translation>移除区域 (Del)</translation>
    </message>
    <message>
        <source>Regions of the page</source>
        <translation>页面的区域</translation>
    </message>
    <message>
        <source>Crop</source>
        <translation>裁剪</translation>
    </message>
    <message>
        <source>Read this page as the chosen region only</source>
        <translation>只识别此页中选中的区域</translation>
    </message>
    <message>
        <source>Read the region</source>
        <translation>识别此区域</translation>
    </message>
    <message>
        <source>Read {0} regions</source>
        <translation>识别 {0} 个区域</translation>
    </message>
    <message>
        <source>Region {0} of {1} · {2}. The arrow keys move it, with Shift they resize it.</source>
        <translation>区域 {0} / {1} · {2}。方向键移动，按住 Shift 调整大小。</translation>
    </message>
    <message>
        <source>Draw around what is to be read by itself. Insert adds a region, Esc leaves.</source>
        <translation>框出需要单独识别的内容。按 Insert 添加区域，按 Esc 退出。</translation>
    </message>
</context>
<context>
    <name>RenderedView</name>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Page {0}</source>
        <translation>第 {0} 页</translation>
    </message>
    <message>
        <source>Page {0} was not read. {1}</source>
        <translation>第 {0} 页未能识别。{1}</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>全选</translation>
    </message>
</context>
<context>
    <name>Rereading</name>
    <message>
        <source>Read again as</source>
        <translation>重新识别为</translation>
    </message>
    <message>
        <source>Read again with</source>
        <translation>重新识别，使用</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>离线</translation>
    </message>
    <message>
        <source>Compare the two selected</source>
        <translation>比较选中的两页</translation>
    </message>
</context>
<context>
    <name>Result</name>
    <message>
        <source>GLM-OCR</source>
        <translation>GLM-OCR</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>离线</translation>
    </message>
    <message>
        <source>Text of the PDF</source>
        <translation>PDF 自带文本</translation>
    </message>
    <message>
        <source>first try</source>
        <translation>首次尝试</translation>
    </message>
    <message>
        <source>second try</source>
        <translation>第二次尝试</translation>
    </message>
    <message>
        <source>with a simpler request</source>
        <translation>简化请求</translation>
    </message>
    <message>
        <source>as chosen</source>
        <translation>按选择</translation>
    </message>
    <message>
        <source>the server was not answering</source>
        <translation>服务器没有响应</translation>
    </message>
    <message>
        <source>the server at {server} was not answering</source>
        <translation>服务器 {server} 没有响应</translation>
    </message>
    <message>
        <source>the server at {server} was down</source>
        <translation>服务器 {server} 已停止服务</translation>
    </message>
    <message>
        <source>no sign of life from the server for {limit_s:g} s</source>
        <translation>服务器 {limit_s:g} 秒没有动静</translation>
    </message>
    <message>
        <source>the server at {server} was full</source>
        <translation>服务器 {server} 已满</translation>
    </message>
    <message>
        <source>the server at {server} broke off</source>
        <translation>服务器 {server} 中断了</translation>
    </message>
    <message>
        <source>{server} is not a GLM-OCR server</source>
        <translation>{server} 不是 GLM-OCR 服务器</translation>
    </message>
</context>
<context>
    <name>ResultPane</name>
    <message>
        <source>Copy formula</source>
        <translation>复制公式</translation>
    </message>
</context>
<context>
    <name>ResultTabs</name>
    <message>
        <source>Source of the result, can be corrected</source>
        <translation>结果的源文本，可以修改</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Views of the result</source>
        <translation>结果的视图</translation>
    </message>
    <message>
        <source>Scroll left</source>
        <translation>向左滚动</translation>
    </message>
    <message>
        <source>Scroll right</source>
        <translation>向右滚动</translation>
    </message>
    <message>
        <source>Rendered</source>
        <translation>排版</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>源文本</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>Formula</source>
        <translation>公式</translation>
    </message>
</context>
<context>
    <name>ResultView</name>
    <message>
        <source>Read again</source>
        <translation>重新识别</translation>
    </message>
    <message>
        <source>Enter the password</source>
        <translation>输入密码</translation>
    </message>
    <message>
        <source>Read as unformatted text</source>
        <translation>按纯文本识别</translation>
    </message>
    <message>
        <source>Use the earlier result</source>
        <translation>使用之前的结果</translation>
    </message>
    <message>
        <source>{0} of {1} pages are read.</source>
        <translation>已识别 {0} / {1} 页。</translation>
    </message>
    <message>
        <source>As received</source>
        <translation>原始结果</translation>
    </message>
    <message>
        <source>Show the answer as it was received</source>
        <translation>显示服务器返回的原始结果</translation>
    </message>
    <message>
        <source>Undo all corrections of this page</source>
        <translation>撤销此页的所有修改</translation>
    </message>
    <message>
        <source>Undo all corrections</source>
        <translation>撤销所有修改</translation>
    </message>
    <message>
        <source>Read again as something else, or by somebody else; this answer is kept</source>
        <translation>按其他模式或由其他引擎重新识别；当前结果会保留</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>as received</source>
        <translation>原始结果</translation>
    </message>
    <message>
        <source>corrected</source>
        <translation>已修改</translation>
    </message>
    <message>
        <source>Back to the correction</source>
        <translation>返回修改后</translation>
    </message>
    <message>
        <source>{0} of {1} pages are read</source>
        <translation>已识别 {0} / {1} 页</translation>
    </message>
    <message>
        <source>Nothing selected</source>
        <translation>未选中任何页面</translation>
    </message>
    <message>
        <source>Formulas need the server, which is not answering. This page is read as soon as it is back; or it can be read now, offline, as unformatted text.</source>
        <translation>识别公式需要服务器，而服务器没有响应。服务器恢复后会立即识别此页；也可以现在就离线识别为纯文本。</translation>
    </message>
</context>
<context>
    <name>Rungs</name>
    <message>
        <source>First try</source>
        <translation>首次尝试</translation>
    </message>
    <message>
        <source>Second try</source>
        <translation>第二次尝试</translation>
    </message>
    <message>
        <source>Simpler request</source>
        <translation>简化请求</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>离线</translation>
    </message>
</context>
<context>
    <name>Saving</name>
    <message>
        <source>Save the figures as CSV</source>
        <translation>将数据保存为 CSV</translation>
    </message>
    <message>
        <source>Save the figures as JSON</source>
        <translation>将数据保存为 JSON</translation>
    </message>
    <message>
        <source>The figures are saved in {0}</source>
        <translation>数据已保存到 {0}</translation>
    </message>
</context>
<context>
    <name>SearchField</name>
    <message>
        <source>Clear</source>
        <translation>清除</translation>
    </message>
</context>
<context>
    <name>ServersCard</name>
    <message>
        <source>Servers</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Breaker</source>
        <translation>熔断</translation>
    </message>
    <message>
        <source>Places in use</source>
        <translation>使用中的空位</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>页数</translation>
    </message>
    <message>
        <source>Pages per second</source>
        <translation>每秒页数</translation>
    </message>
    <message>
        <source>Half take at most</source>
        <translation>半数用时不超过</translation>
    </message>
    <message>
        <source>95 % take at most</source>
        <translation>95% 用时不超过</translation>
    </message>
</context>
<context>
    <name>ServersEditor</name>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Checking</source>
        <translation>正在检查</translation>
    </message>
    <message>
        <source>Change the address</source>
        <translation>修改地址</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Prefer</source>
        <translation>提高优先级</translation>
    </message>
    <message>
        <source>Prefer less</source>
        <translation>降低优先级</translation>
    </message>
    <message>
        <source>Add a server</source>
        <translation>添加服务器</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>Let the chosen server read small images, by the settings as they are entered</source>
        <translation>让选中的服务器按当前填写的设置识别几张小图</translation>
    </message>
    <message>
        <source>Sign in…</source>
        <translation>登录…</translation>
    </message>
    <message>
        <source>Certificate…</source>
        <translation>证书…</translation>
    </message>
</context>
<context>
    <name>SettingGroup</name>
    <message>
        <source>Reset all</source>
        <translation>全部重置</translation>
    </message>
    <message>
        <source>Reset all of: {0}</source>
        <translation>全部重置：{0}</translation>
    </message>
    <message>
        <source>Back to the defaults of this group</source>
        <translation>将此组恢复为默认值</translation>
    </message>
</context>
<context>
    <name>SettingRow</name>
    <message>
        <source>Back to the default: {0}</source>
        <translation>恢复默认值：{0}</translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>On</source>
        <translation>开启</translation>
    </message>
    <message>
        <source>on</source>
        <translation>开启</translation>
    </message>
    <message>
        <source>off</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>空</translation>
    </message>
    <message>
        <source>Server, and offline when it is down</source>
        <translation>服务器，无响应时离线</translation>
    </message>
    <message>
        <source>Server only</source>
        <translation>仅服务器</translation>
    </message>
    <message>
        <source>Offline only: nothing leaves this computer</source>
        <translation>仅离线：任何内容都不离开本机</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>%</source>
        <translation>%</translation>
    </message>
    <message>
        <source>A file (PEM) of certificates that are trusted beside the system&apos;s.</source>
        <translation>除系统证书外还信任的证书文件（PEM）。</translation>
    </message>
    <message>
        <source>A page at which the server broke off, or was full, is tried once more.</source>
        <translation>服务器中断或已满时，再次尝试该页。</translation>
    </message>
    <message>
        <source>A page that the server gave up is tried with half as large an image and a simpler prompt.</source>
        <translation>服务器放弃的页面，用缩小一半的图像和更简单的提示词再试。</translation>
    </message>
    <message>
        <source>A server that sends nothing for so long is given up for this page.</source>
        <translation>服务器超过此时间没有动静，就不再等它识别该页。</translation>
    </message>
    <message>
        <source>Address of the GLM-OCR server (Gradio); of several, the preferred one first.</source>
        <translation>GLM-OCR 服务器（Gradio）的地址；有多个时，首选的放在最前。</translation>
    </message>
    <message>
        <source>Ask for less</source>
        <translation>简化请求</translation>
    </message>
    <message>
        <source>At most</source>
        <translation>最多</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>Certificates</source>
        <translation>证书</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>配色</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>Connections that are not used for so long are closed.</source>
        <translation>连接闲置超过此时间后关闭。</translation>
    </message>
    <message>
        <source>Copy by itself</source>
        <translation>自动复制</translation>
    </message>
    <message>
        <source>Delete after</source>
        <translation>多久后删除</translation>
    </message>
    <message>
        <source>Documents and results are kept on this computer until they are deleted. Off: nothing of them is written to the disk, and what is open is gone when the program ends.</source>
        <translation>文档和结果保存在这台电脑上，直到被删除。关闭后：不会写入磁盘，打开的内容在程序结束时消失。</translation>
    </message>
    <message>
        <source>Endpoint</source>
        <translation>端点</translation>
    </message>
    <message>
        <source>Engine</source>
        <translation>引擎</translation>
    </message>
    <message>
        <source>First try</source>
        <translation>首次尝试</translation>
    </message>
    <message>
        <source>Formula prompt</source>
        <translation>公式提示词</translation>
    </message>
    <message>
        <source>Go on where it ended</source>
        <translation>从上次结束处继续</translation>
    </message>
    <message>
        <source>Health check</source>
        <translation>健康检查</translation>
    </message>
    <message>
        <source>History</source>
        <translation>历史</translation>
    </message>
    <message>
        <source>How large all words of the window are; Ctrl+Alt+Plus and Ctrl+Alt+Minus change it too.</source>
        <translation>窗口中所有文字的大小；也可以用 Ctrl+Alt+加号和 Ctrl+Alt+减号调整。</translation>
    </message>
    <message>
        <source>How long a page waits for a place at the server.</source>
        <translation>页面等待服务器空位的最长时间。</translation>
    </message>
    <message>
        <source>How long a page waits in the server&apos;s queue.</source>
        <translation>页面在服务器队列中等待的最长时间。</translation>
    </message>
    <message>
        <source>How long connecting may take.</source>
        <translation>建立连接的最长时间。</translation>
    </message>
    <message>
        <source>How long sending a page may take.</source>
        <translation>发送一页的最长时间。</translation>
    </message>
    <message>
        <source>How long the server may read a small page without progress; longer for larger pages and slower servers.</source>
        <translation>服务器识别小页面时允许没有进展的时间；页面越大、服务器越慢，时间越长。</translation>
    </message>
    <message>
        <source>How many pages are read at once; 0 finds out how many the server takes.</source>
        <translation>同时识别的页数；0 表示自动测出服务器能承受的数量。</translation>
    </message>
    <message>
        <source>How often the server&apos;s health is looked at.</source>
        <translation>检查服务器状况的间隔。</translation>
    </message>
    <message>
        <source>Idle connections</source>
        <translation>闲置连接</translation>
    </message>
    <message>
        <source>Image size</source>
        <translation>图像尺寸</translation>
    </message>
    <message>
        <source>Keep a history</source>
        <translation>保存历史</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>MB</source>
        <translation>MB</translation>
    </message>
    <message>
        <source>Metrics</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>Metrics port</source>
        <translation>指标端口</translation>
    </message>
    <message>
        <source>Mode</source>
        <translation>模式</translation>
    </message>
    <message>
        <source>Name of the server&apos;s function that reads images, like /predict; found by itself when empty.</source>
        <translation>服务器上识别图像的函数名称，例如 /predict；留空则自动查找。</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>从不</translation>
    </message>
    <message>
        <source>No limit</source>
        <translation>不限</translation>
    </message>
    <message>
        <source>Notices on the desktop</source>
        <translation>桌面通知</translation>
    </message>
    <message>
        <source>Other things to ask of a page, beside the modes; with a template, for an answer in JSON with its keys.</source>
        <translation>各模式之外，对页面的其他要求；附上模板时，返回带有其中各键的 JSON。</translation>
    </message>
    <message>
        <source>Own prompts</source>
        <translation>自定义提示词</translation>
    </message>
    <message>
        <source>Pages are never sent to another computer, whatever the address.</source>
        <translation>无论地址是什么，都不会将页面发送到其他计算机。</translation>
    </message>
    <message>
        <source>Pages at once</source>
        <translation>同时识别的页数</translation>
    </message>
    <message>
        <source>Pages sent to the server are scaled down to this size.</source>
        <translation>发送到服务器的页面会缩小到此尺寸。</translation>
    </message>
    <message>
        <source>Programs on this computer can ask here for the figures, in the format of Prometheus; 0 tells nobody.</source>
        <translation>本机上的程序可以从此端口读取 Prometheus 格式的数据；0 表示不提供。</translation>
    </message>
    <message>
        <source>Prompts</source>
        <translation>提示词</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>识别</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Say so when more than this share of the last 20 pages could not be read, or only offline; 0 never does.</source>
        <translation>最近 20 页中未能识别或只能离线识别的比例超过此值时提醒；0 表示从不提醒。</translation>
    </message>
    <message>
        <source>Say so when most of the last 20 pages took longer than this; 0 never does.</source>
        <translation>最近 20 页中多数用时超过此值时提醒；0 表示从不提醒。</translation>
    </message>
    <message>
        <source>Second try</source>
        <translation>第二次尝试</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>Server&apos;s queue</source>
        <translation>服务器队列</translation>
    </message>
    <message>
        <source>Silence</source>
        <translation>无动静</translation>
    </message>
    <message>
        <source>Step aside for captures</source>
        <translation>截屏时隐藏窗口</translation>
    </message>
    <message>
        <source>Table prompt</source>
        <translation>表格提示词</translation>
    </message>
    <message>
        <source>Text prompt</source>
        <translation>文本提示词</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>文字大小</translation>
    </message>
    <message>
        <source>The desktop tells, while another window is in use, that many pages were read, or that the server is down.</source>
        <translation>使用其他窗口时，如果大批页面识别完毕或服务器无响应，桌面会发出通知。</translation>
    </message>
    <message>
        <source>The documents of the last time are there again at the next start.</source>
        <translation>下次启动时会重新显示上次的文档。</translation>
    </message>
    <message>
        <source>The language of the window.</source>
        <translation>窗口使用的语言。</translation>
    </message>
    <message>
        <source>The result of a page that was read alone goes to the clipboard at once.</source>
        <translation>单独识别的一页，结果会立即复制到剪贴板。</translation>
    </message>
    <message>
        <source>The same when it is asked once more.</source>
        <translation>再次请求时的同一时限。</translation>
    </message>
    <message>
        <source>The same with a smaller image and a simpler prompt.</source>
        <translation>使用较小图像和简化提示词时的同一时限。</translation>
    </message>
    <message>
        <source>The window hides while a part of the screen is captured.</source>
        <translation>截取屏幕时，窗口会暂时隐藏。</translation>
    </message>
    <message>
        <source>This computer only</source>
        <translation>仅限本机</translation>
    </message>
    <message>
        <source>Time limits</source>
        <translation>时限</translation>
    </message>
    <message>
        <source>Timeout</source>
        <translation>超时</translation>
    </message>
    <message>
        <source>Total deadline of a page.</source>
        <translation>一页的总时限。</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>再次尝试</translation>
    </message>
    <message>
        <source>Try with less</source>
        <translation>简化后再试</translation>
    </message>
    <message>
        <source>Wait for a place</source>
        <translation>等待空位</translation>
    </message>
    <message>
        <source>Warn of failures</source>
        <translation>失败提醒</translation>
    </message>
    <message>
        <source>Warn of slowness</source>
        <translation>缓慢提醒</translation>
    </message>
    <message>
        <source>What a page is read as.</source>
        <translation>按什么内容识别页面。</translation>
    </message>
    <message>
        <source>What is older is deleted from the history; what is open in the window stays.</source>
        <translation>更早的内容会从历史中删除；窗口中打开的内容会保留。</translation>
    </message>
    <message>
        <source>What the server is asked for in formula mode.</source>
        <translation>公式模式下发给服务器的提示词。</translation>
    </message>
    <message>
        <source>What the server is asked for in table mode.</source>
        <translation>表格模式下发给服务器的提示词。</translation>
    </message>
    <message>
        <source>What the server is asked for in text mode.</source>
        <translation>文本模式下发给服务器的提示词。</translation>
    </message>
    <message>
        <source>When the history takes more room, its oldest pages are deleted.</source>
        <translation>历史占用更多空间时，会删除最早的页面。</translation>
    </message>
    <message>
        <source>Whether the window is light or dark.</source>
        <translation>窗口使用浅色还是深色。</translation>
    </message>
    <message>
        <source>Who reads: the server and offline when it is down (auto), the server only, or offline only.</source>
        <translation>由谁识别：服务器，无响应时离线（自动）；仅服务器；或仅离线。</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>窗口</translation>
    </message>
    <message>
        <source>days</source>
        <translation>天</translation>
    </message>
    <message>
        <source>pixels</source>
        <translation>像素</translation>
    </message>
    <message>
        <source>s</source>
        <translation>秒</translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation>浏览…</translation>
    </message>
    <message>
        <source>Browse for: {0}</source>
        <translation>浏览：{0}</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Search settings</source>
        <translation>搜索设置</translation>
    </message>
    <message>
        <source>Groups of settings</source>
        <translation>设置分组</translation>
    </message>
    <message>
        <source>Test the connection…</source>
        <translation>测试连接…</translation>
    </message>
    <message>
        <source>Let the servers read small images, by the settings as they are entered</source>
        <translation>让服务器按当前填写的设置识别几张小图</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>导入…</translation>
    </message>
    <message>
        <source>Fill in settings from a file; they are used when you save them</source>
        <translation>从文件填入设置，保存后生效</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Write what is entered here into a file; logins are not part of it</source>
        <translation>将这里填写的内容写入文件，不包括登录信息</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>应用</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>No setting matches “{0}”.</source>
        <translation>没有与“{0}”匹配的设置。</translation>
    </message>
</context>
<context>
    <name>Sharing</name>
    <message>
        <source>Export as {0}</source>
        <translation>导出为 {0}</translation>
    </message>
    <message>
        <source>Export {0} documents as {1}: choose a folder</source>
        <translation>将 {0} 个文档导出为 {1}：选择文件夹</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>选择文件夹</translation>
    </message>
    <message>
        <source>Exported to {0}</source>
        <translation>已导出到 {0}</translation>
    </message>
    <message>
        <source>Exported {0} files to {1}</source>
        <translation>已将 {0} 个文件导出到 {1}</translation>
    </message>
    <message>
        <source>{0}. Not written: {1}. {2}</source>
        <translation>{0}。未能写入：{1}。{2}</translation>
    </message>
    <message>
        <source>Show folder</source>
        <translation>打开文件夹</translation>
    </message>
</context>
<context>
    <name>ShortcutsDialog</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>Search the shortcuts</source>
        <translation>搜索快捷键</translation>
    </message>
    <message>
        <source>What it does</source>
        <translation>功能</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>SignInDialog</name>
    <message>
        <source>Sign in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>The login for the server at {0}</source>
        <translation>服务器 {0} 的登录信息</translation>
    </message>
    <message>
        <source>User name</source>
        <translation>用户名</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>令牌</translation>
    </message>
    <message>
        <source>instead of a name and a password</source>
        <translation>代替用户名和密码</translation>
    </message>
    <message>
        <source>How the server is told</source>
        <translation>登录方式</translation>
    </message>
    <message>
        <source>As the server asks for it</source>
        <translation>按服务器的要求</translation>
    </message>
    <message>
        <source>On Gradio&apos;s login page</source>
        <translation>Gradio 登录页</translation>
    </message>
    <message>
        <source>By HTTP (Basic)</source>
        <translation>HTTP（Basic）</translation>
    </message>
    <message>
        <source>Advanced</source>
        <translation>高级</translation>
    </message>
    <message>
        <source>How</source>
        <translation>方式</translation>
    </message>
    <message>
        <source>It is kept in this computer&apos;s password store (keyring), and told to this server only.</source>
        <translation>保存在本机的密码库（keyring）中，只会告知此服务器。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Forget the stored login</source>
        <translation>删除已保存的登录信息</translation>
    </message>
    <message>
        <source>Signing in…</source>
        <translation>正在登录…</translation>
    </message>
</context>
<context>
    <name>SpeedCard</name>
    <message>
        <source>Speed</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>Pages per second over time</source>
        <translation>每秒页数的变化</translation>
    </message>
</context>
<context>
    <name>States</name>
    <message>
        <source>Waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>识别中</translation>
    </message>
    <message>
        <source>Waiting for the server</source>
        <translation>等待服务器</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Done offline</source>
        <translation>已离线完成</translation>
    </message>
    <message>
        <source>Timed out</source>
        <translation>已超时</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Needs a password</source>
        <translation>需要密码</translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>State of the server</source>
        <translation>服务器状态</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>Test the connection</source>
        <translation>测试连接</translation>
    </message>
    <message>
        <source>See whether the server really reads</source>
        <translation>看看服务器是否真能识别</translation>
    </message>
    <message>
        <source>This computer only</source>
        <translation>仅限本机</translation>
    </message>
    <message>
        <source>No page ever leaves this computer: servers elsewhere are not asked</source>
        <translation>页面不会离开本机：不会请求其他计算机上的服务器</translation>
    </message>
    <message>
        <source>Finding out where</source>
        <translation>正在确定位置</translation>
    </message>
    <message>
        <source>Where pages are read</source>
        <translation>识别位置</translation>
    </message>
    <message>
        <source>Pages are read here: {0}</source>
        <translation>页面在这里识别：{0}</translation>
    </message>
    <message>
        <source>Where pages go:</source>
        <translation>页面的去向：</translation>
    </message>
    <message>
        <source>Opening files</source>
        <translation>正在打开文件</translation>
    </message>
</context>
<context>
    <name>SuspectBar</name>
    <message>
        <source>Doubtful place before</source>
        <translation>上一个存疑之处</translation>
    </message>
    <message>
        <source>Next doubtful place</source>
        <translation>下一个存疑之处</translation>
    </message>
    <message>
        <source>Looks right</source>
        <translation>没有问题</translation>
    </message>
    <message>
        <source>Take this page from the doubtful ones</source>
        <translation>不再将此页列为存疑</translation>
    </message>
    <message>
        <source>{0} of {1}: {2}</source>
        <translation>{0} / {1}：{2}</translation>
    </message>
    <message>
        <source>A formula may be wrong. {0}</source>
        <translation>公式可能有误。{0}</translation>
    </message>
</context>
<context>
    <name>TableEditor</name>
    <message>
        <source>Table before</source>
        <translation>上一个表格</translation>
    </message>
    <message>
        <source>Next table</source>
        <translation>下一个表格</translation>
    </message>
    <message>
        <source>Change the table</source>
        <translation>修改表格</translation>
    </message>
    <message>
        <source>Table {0} of {1}</source>
        <translation>表格 {0} / {1}</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Insert a row above</source>
        <translation>在上方插入行</translation>
    </message>
    <message>
        <source>Insert a row below</source>
        <translation>在下方插入行</translation>
    </message>
    <message>
        <source>Insert a column left</source>
        <translation>在左侧插入列</translation>
    </message>
    <message>
        <source>Insert a column right</source>
        <translation>在右侧插入列</translation>
    </message>
    <message>
        <source>Delete the rows</source>
        <translation>删除行</translation>
    </message>
    <message>
        <source>Delete the columns</source>
        <translation>删除列</translation>
    </message>
    <message>
        <source>Merge the cells</source>
        <translation>合并单元格</translation>
    </message>
    <message>
        <source>Split the cell</source>
        <translation>拆分单元格</translation>
    </message>
    <message>
        <source>Header row</source>
        <translation>标题行</translation>
    </message>
    <message>
        <source>Copy the cells</source>
        <translation>复制单元格</translation>
    </message>
    <message>
        <source>Paste over the cells</source>
        <translation>粘贴到单元格</translation>
    </message>
    <message>
        <source>Clear the cells</source>
        <translation>清空单元格</translation>
    </message>
    <message>
        <source>This is too much for a table. Nothing was pasted.</source>
        <translation>内容过多，表格放不下，没有粘贴。</translation>
    </message>
</context>
<context>
    <name>TableView</name>
    <message>
        <source>Cells of the table, can be corrected</source>
        <translation>表格的单元格，可以修改</translation>
    </message>
</context>
<context>
    <name>Test</name>
    <message>
        <source>read in {0}</source>
        <translation>用时 {0}</translation>
    </message>
    <message>
        <source>the server has no such mode</source>
        <translation>服务器没有此模式</translation>
    </message>
    <message>
        <source>not read. {0}</source>
        <translation>未能识别。{0}</translation>
    </message>
    <message>
        <source>not read. The answer is not what the image says.</source>
        <translation>未能识别。返回的内容与图像不符。</translation>
    </message>
</context>
<context>
    <name>TextDialog</name>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>TextSize</name>
    <message>
        <source>Larger text</source>
        <translation>放大文字</translation>
    </message>
    <message>
        <source>Smaller text</source>
        <translation>缩小文字</translation>
    </message>
    <message>
        <source>Usual text size</source>
        <translation>恢复文字大小</translation>
    </message>
</context>
<context>
    <name>Time</name>
    <message>
        <source>{0} s</source>
        <translation>{0} 秒</translation>
    </message>
    <message>
        <source>{0} min {1} s</source>
        <translation>{0} 分 {1} 秒</translation>
    </message>
</context>
<context>
    <name>TimeAxis</name>
    <message>
        <source>{0} min ago</source>
        <translation>{0} 分钟前</translation>
    </message>
    <message>
        <source>now</source>
        <translation>现在</translation>
    </message>
</context>
<context>
    <name>TitleBar</name>
    <message>
        <source>Metrics</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>Why was this slow?</source>
        <translation>为什么慢？</translation>
    </message>
    <message>
        <source>Let the figures stand still</source>
        <translation>暂停刷新数据</translation>
    </message>
    <message>
        <source>Forget all figures and count anew</source>
        <translation>清空数据，重新统计</translation>
    </message>
    <message>
        <source>Save the figures as CSV…</source>
        <translation>将数据保存为 CSV…</translation>
    </message>
    <message>
        <source>Save the figures as JSON…</source>
        <translation>将数据保存为 JSON…</translation>
    </message>
    <message>
        <source>Let the metrics float, or put them back</source>
        <translation>使指标面板浮动，或放回原处</translation>
    </message>
    <message>
        <source>Close the metrics</source>
        <translation>关闭指标面板</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>重置</translation>
    </message>
    <message>
        <source>Save the figures</source>
        <translation>保存数据</translation>
    </message>
    <message>
        <source>1 min</source>
        <translation>1 分钟</translation>
    </message>
    <message>
        <source>10 min</source>
        <translation>10 分钟</translation>
    </message>
    <message>
        <source>1 h</source>
        <translation>1 小时</translation>
    </message>
    <message>
        <source>Show the last minute</source>
        <translation>显示最近一分钟</translation>
    </message>
    <message>
        <source>Show the last ten minutes</source>
        <translation>显示最近十分钟</translation>
    </message>
    <message>
        <source>Show the last hour</source>
        <translation>显示最近一小时</translation>
    </message>
</context>
<context>
    <name>ToolBar</name>
    <message>
        <source>Tools</source>
        <translation>工具栏</translation>
    </message>
    <message>
        <source>Read as text</source>
        <translation>按文本识别</translation>
    </message>
    <message>
        <source>Read as table</source>
        <translation>按表格识别</translation>
    </message>
    <message>
        <source>Read as formula</source>
        <translation>按公式识别</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>Ask a prompt of your own</source>
        <translation>使用自己的提示词</translation>
    </message>
    <message>
        <source>Pages are asked: {0}</source>
        <translation>提示词：{0}</translation>
    </message>
    <message>
        <source>Time for a page, in seconds</source>
        <translation>每页时限，单位为秒</translation>
    </message>
    <message>
        <source>How long a page may take, for pages that are added from now on</source>
        <translation>此后添加的页面，每页最多用时</translation>
    </message>
    <message>
        <source>Timeout </source>
        <translation>超时 </translation>
    </message>
    <message>
        <source> s</source>
        <translation> 秒</translation>
    </message>
</context>
<context>
    <name>Warnings</name>
    <message>
        <source>No text was found on this page.</source>
        <translation>此页没有发现文字。</translation>
    </message>
    <message>
        <source>The result may be cut off: it has a beginning without an end.</source>
        <translation>结果可能不完整：有开头而没有结尾。</translation>
    </message>
    <message>
        <source>The model repeated itself. The repetition was left out.</source>
        <translation>模型出现了重复，重复的部分已略去。</translation>
    </message>
    <message>
        <source>The server sent back the question instead of text.</source>
        <translation>服务器返回的是提问，而不是文字。</translation>
    </message>
    <message>
        <source>Parts of this page were hard to read. Please check the result.</source>
        <translation>此页有些部分难以辨认，请核对结果。</translation>
    </message>
    <message>
        <source>Your own prompt was not asked here. This is the text of the page.</source>
        <translation>这里没有使用您的提示词，以下是此页的文本。</translation>
    </message>
    <message>
        <source>The answer is not the JSON that was asked for.</source>
        <translation>返回的内容不是所要求的 JSON。</translation>
    </message>
    <message>
        <source>Some of the keys that were asked for are not in the answer.</source>
        <translation>返回的内容缺少一些所要求的键。</translation>
    </message>
    <message>
        <source>No table was found on this page. This is its text.</source>
        <translation>此页没有发现表格，以下是其中的文字。</translation>
    </message>
</context>
<context>
    <name>Watch</name>
    <message>
        <source>{0} of the last {1} pages could not be read, or only offline.</source>
        <translation>最近 {1} 页中有 {0} 页未能识别，或只能离线识别。</translation>
    </message>
    <message>
        <source>The server takes about {0:.1f} s for a page now. You wanted to know above {1:g} s.</source>
        <translation>服务器现在每页约需 {0:.1f} 秒，超过了您设定的 {1:g} 秒。</translation>
    </message>
    <message>
        <source>Show metrics</source>
        <translation>显示指标</translation>
    </message>
</context>
<context>
    <name>Waterfall</name>
    <message>
        <source>Where the time of this page went</source>
        <translation>此页的时间花在哪里</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>阶段</translation>
    </message>
    <message>
        <source>Try</source>
        <translation>尝试</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>用时</translation>
    </message>
    <message>
        <source>{0}, page {1}</source>
        <translation>{0}，第 {1} 页</translation>
    </message>
    <message>
        <source>Choose a page to see where its time went.</source>
        <translation>选择一页，查看它的时间花在哪里。</translation>
    </message>
    <message>
        <source>Choose one of the pages of this document to see where its time went.</source>
        <translation>请选择此文档中的一页，查看它的时间花在哪里。</translation>
    </message>
    <message>
        <source>This page is not read yet. When it is, you see here where its time went.</source>
        <translation>此页尚未识别。识别后可以在这里看到它的时间花在哪里。</translation>
    </message>
    <message>
        <source>This page was not read.</source>
        <translation>此页没有识别。</translation>
    </message>
    <message>
        <source>It is not known where the time of this page went.</source>
        <translation>没有此页的用时记录。</translation>
    </message>
    <message>
        <source>{0} in all.</source>
        <translation>共 {0}。</translation>
    </message>
    <message>
        <source>Most of it went into: {0} ({1}, {2}).</source>
        <translation>其中最多的是：{0}（{1}，{2}）。</translation>
    </message>
    <message>
        <source>this computer</source>
        <translation>本机</translation>
    </message>
    <message>
        <source>after {0}</source>
        <translation>在 {0} 之后</translation>
    </message>
    <message>
        <source>The page was read.</source>
        <translation>此页已识别。</translation>
    </message>
    <message>
        <source>from 0 to {0}</source>
        <translation>从 0 到 {0}</translation>
    </message>
</context>
<context>
    <name>Welcome</name>
    <message>
        <source>Looking for a server on this computer…</source>
        <translation>正在本机查找服务器…</translation>
    </message>
    <message>
        <source>Asking {0}…</source>
        <translation>正在询问 {0}…</translation>
    </message>
    <message>
        <source>No server answers on this computer ({0}).</source>
        <translation>本机没有服务器响应（{0}）。</translation>
    </message>
    <message>
        <source>A server answers on this computer ({0}).</source>
        <translation>本机有服务器响应（{0}）。</translation>
    </message>
    <message>
        <source>The server at {0} answers.</source>
        <translation>服务器 {0} 有响应。</translation>
    </message>
    <message>
        <source>The server at {0} asks for a login. Use it, and you can sign in.</source>
        <translation>服务器 {0} 要求登录。选择使用后即可登录。</translation>
    </message>
    <message>
        <source>Pages would go to: {0}.</source>
        <translation>页面将发送到：{0}。</translation>
    </message>
    <message>
        <source>Whether it reads could not be found out.</source>
        <translation>无法确定它是否能识别。</translation>
    </message>
    <message>
        <source>text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>tables</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>formulas</source>
        <translation>公式</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>It reads {0}.</source>
        <translation>可识别{0}。</translation>
    </message>
</context>
<context>
    <name>WelcomeView</name>
    <message>
        <source>On another computer</source>
        <translation>在另一台计算机上</translation>
    </message>
    <message>
        <source>Where is your server?</source>
        <translation>服务器在哪里？</translation>
    </message>
    <message>
        <source>Language of the system</source>
        <translation>系统语言</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>What the window speaks</source>
        <translation>窗口语言</translation>
    </message>
    <message>
        <source>Pages are read by a GLM-OCR server, on this computer or on another one; without a server, offline on this computer. The line at the bottom always says where pages go.</source>
        <translation>页面由 GLM-OCR 服务器识别，它可以在本机，也可以在另一台计算机上；没有服务器时，在本机离线识别。底部的状态栏始终显示页面的去向。</translation>
    </message>
    <message>
        <source>Use it</source>
        <translation>使用</translation>
    </message>
    <message>
        <source>Use the server on this computer</source>
        <translation>使用本机的服务器</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>重新查找</translation>
    </message>
    <message>
        <source>On this computer</source>
        <translation>在本机上</translation>
    </message>
    <message>
        <source>Nothing leaves this computer. Text and tables are read; formulas need a server.</source>
        <translation>任何内容都不离开本机。可以识别文本和表格；识别公式需要服务器。</translation>
    </message>
    <message>
        <source>Read offline</source>
        <translation>离线识别</translation>
    </message>
    <message>
        <source>Without a server</source>
        <translation>不使用服务器</translation>
    </message>
    <message>
        <source>All this can be changed in the settings.</source>
        <translation>这些都可以在设置中更改。</translation>
    </message>
    <message>
        <source>Try a sample</source>
        <translation>试用示例</translation>
    </message>
    <message>
        <source>Add pages that came with the program, and read them</source>
        <translation>添加并识别程序自带的页面</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>跳过</translation>
    </message>
    <message>
        <source>Leave everything as it is</source>
        <translation>保持现状</translation>
    </message>
</context>
</TS>
