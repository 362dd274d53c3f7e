/* eTwinning yardım asistanı (MIT); içinde micromark ve unified paketleri (MIT) */
"use strict";(()=>{var jn=Object.defineProperty;var Wn=(e,i)=>{for(var t in i)jn(e,t,{get:i[t],enumerable:!0})};var R=class extends Error{constructor(t,n,r){super(t);this.status=n;this.wait=r}},ue=class extends Error{},Gn=25e3,Me=class{constructor(i){this.base=i}start(){return this.call("GET","/start")}begin(i){return this.call("POST","/sessions","",i===void 0?void 0:{link:i})}send(i,t){return this.call("POST","/messages",i,t)}history(i,t){return this.call("GET",`/messages?after=${t}`,i)}link(i){return this.call("POST","/links",i)}async keepAddress(i,t,n){await this.call("PUT","/email",i,{address:t,page:n})}async dropAddress(i){await this.call("DELETE","/email",i)}async forget(i){await this.call("DELETE","/sessions/current",i)}async call(i,t,n="",r){let o={};n&&(o.Authorization=`Bearer ${n}`),r&&(o["Content-Type"]="application/json");let a=new AbortController,s=setTimeout(()=>a.abort(),Gn);try{let c=await fetch(this.base+t,{method:i,headers:o,body:r?JSON.stringify(r):null,credentials:"omit",signal:a.signal}),h=c.status===204?null:await c.json();if(c.ok)return h;if(typeof h?.error!="string")throw new ue(`${c.status}`);let u=Number(c.headers.get("Retry-After"))||0;throw new R(h.error,c.status,u)}catch(c){throw c instanceof R?c:new ue(String(c))}finally{clearTimeout(s)}}};var Zn=/^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i;function bt(e){let i=Zn.exec(e)?.slice(1);if(!i)return null;let[t=0,n=0,r=0]=i.map(o=>{let a=parseInt(o,16)/255;return a<=.04045?a/12.92:((a+.055)/1.055)**2.4});return .2126*t+.7152*n+.0722*r>.179?"#000":"#fff"}function x(e,i={},...t){let n=document.createElement(e);for(let[r,o]of Object.entries(i))n.setAttribute(r,o);return n.append(...t.filter(r=>!!r)),n}function M(e,i,t={},...n){let r=n.length?n:[e],o=n.length?{"aria-label":e,title:e}:{},a=x("button",{type:"button",...o,...t},...r);return a.addEventListener("click",i),a}var Jn={chat:"M4 4h16v12H9l-5 4z",close:"M6 6l12 12M18 6L6 18",menu:"M4 7h16M4 12h16M4 17h16",send:"M4 12l16-8-6 16-3-7z",mic:"M12 3a3 3 0 0 1 3 3v5a3 3 0 0 1-6 0V6a3 3 0 0 1 3-3zM6 11a6 6 0 0 0 12 0M12 17v4"};function ie(e){let i="http://www.w3.org/2000/svg",t=document.createElementNS(i,"svg");t.setAttribute("viewBox","0 0 24 24"),t.setAttribute("aria-hidden","true");let n=document.createElementNS(i,"path");return n.setAttribute("d",Jn[e]),t.append(n),t}var g={name:"eTwinning yardım asistanı",launcher:"Yardım",launcherLabel:"Yardım asistanını aç",launcherNew:e=>`Yardım asistanını aç, ${e} yeni ileti`,title:"eTwinning yardım",subtitle:"Program yanıtlar; belgelere dayanır",subtitleStaff:"Bir görevli yanıtlıyor",close:"Kapat",menu:"Seçenekler",log:"Konuşma",input:"Sorunuzu yazın",send:"Gönder",typing:"Yanıt yazılıyor",topics:"Konulardan birini seçebilir ya da sorunuzu yazabilirsiniz.",greeting:"Merhaba! Ben eTwinning yardım asistanıyım. İnsan değilim, bir programım. Üyelik, ESEP'e geçiş, projeler ve Kalite Etiketi üzerine sorularınızı yanıtlarım.",you:"Siz",assistant:"Asistan",staff:"Görevli",copy:"Kopyala",copied:"Kopyalandı",notCopied:"Kopyalanamadı",download:e=>`Dosyayı indir: ${e}`,sending:"Gönderiliyor",retry:"Yeniden gönder",offline:"Bağlantı yok. Yazdıklarınız bağlantı gelince gönderilecek.",unreachable:"Asistana ulaşılamıyor. Yeniden deneniyor.",waitSeconds:(e,i)=>`${e} (${i} sn)`,ended:"Oturumunuz sona ermişti; yeni bir konuşma başladı.",failedStart:"Asistan şu anda açılamıyor.",tryAgain:"Yeniden dene",tooLong:e=>`İletiniz çok uzun; en çok ${e} karakter yazabilirsiniz.`,reference:{title:"Sorunuz görevlilere iletildi",text:"Yanıt bu sayfada görünür. Sayfayı kapatacaksanız özel bağlantıyı saklayın: konuşmayı sonra ve başka bir cihazda açar.",link:"Özel bağlantıyı kopyala",linkShown:"Bağlantıyı seçip kopyalayın:",warning:"Bağlantıyı bilen herkes konuşmayı okuyabilir.",email:"Yanıt gelince e-posta adresime yaz",emailLabel:"E-posta adresiniz",emailNote:"Adresiniz yalnızca yanıt gönderilene kadar saklanır.",emailSend:"Kaydet",emailKept:"Adresiniz kaydedildi. Yanıt gönderilince silinecek.",emailDrop:"Vazgeç, adresimi sil",emailDropped:"Adresiniz silindi."},privacy:{title:"Başlamadan önce",items:(e,i)=>["Bu asistan Ulusal Destek Servisi'nin belgelerindeki bilgilerle yanıt veren bir programdır. Yanıtlayamadığı soruları görevliler görür.",`Yazdıklarınız ${i} gün saklanır, sonra silinir. Bu sayfadaki oturum ${e} saat sürer.`,"T.C. kimlik numarası, telefon, şifre gibi kişisel bilgiler yazmayın.","Konuşmanızı istediğiniz an “Seçenekler” içinden silebilirsiniz."],accept:"Anladım, başlayalım",again:"Gizlilik bilgisi",back:"Konuşmaya dön"},settings:{larger:"Yazıyı büyüt",smaller:"Yazıyı küçült",print:"Konuşmayı yazdır",save:"Konuşmayı kaydet (.txt)",forget:"Konuşmayı sil",forgetAsk:"Konuşma sunucudan da silinsin mi? Geri alınamaz.",forgetYes:"Evet, sil",forgetNo:"Vazgeç",forgotten:"Konuşmanız silindi.",speakOn:"Sesle yazmayı aç",speakOff:"Sesle yazmayı kapat",readOn:"Yanıtları sesli oku",readOff:"Sesli okumayı kapat",voiceNote:"Sesinizi tarayıcınızın üreticisi kendi sunucularında işleyebilir."},dictate:"Sesle yaz",dictating:"Dinleniyor; bitirmek için yeniden basın",fileName:"etwinning-yardim.txt"};var kt="tr-TR";function yt(){let e=globalThis;return e.SpeechRecognition??e.webkitSpeechRecognition}function vt(){return!!yt()}function je(){return"speechSynthesis"in globalThis}function wt(e,i){let t=yt();if(!t)return i;let n=new t;return n.lang=kt,n.interimResults=!0,n.addEventListener("result",r=>{let o=Array.from(r.results);e(o.map(a=>a[0]?.transcript??"").join(" "))}),n.addEventListener("end",i),n.addEventListener("error",i),n.start(),()=>n.stop()}function St(e){let i=new SpeechSynthesisUtterance(e);i.lang=kt,speechSynthesis.speak(i)}function We(){je()&&speechSynthesis.cancel()}var Qn=120,_e=class{constructor(i,t,n){this.send=i;this.most=t;this.refuse=n;this.field=x("textarea",{rows:"1","aria-label":g.input});this.stop=null;this.field.placeholder=g.input,this.field.enterKeyHint="send";let r=x("button",{type:"submit",class:"round main","aria-label":g.send,title:g.send},ie("send"));this.mic=M(g.dictate,()=>this.dictate(),{class:"round"},ie("mic")),this.form=x("form",{class:"composer"},this.field,this.mic,r),this.form.addEventListener("submit",o=>{o.preventDefault(),this.submit()}),this.field.addEventListener("keydown",o=>{o.key!=="Enter"||o.shiftKey||o.isComposing||(o.preventDefault(),this.submit())}),this.field.addEventListener("input",()=>this.fit()),this.listens(!1)}listens(i){this.mic.hidden=!i,i||this.stop?.()}submit(){let i=this.field.value.trim();if(i){if([...i].length>this.most())return this.refuse(g.tooLong(this.most()));this.field.value="",this.fit(),this.send(i)}}dictate(){if(this.stop)return this.stop();let i=this.field.value;this.label(g.dictating),this.stop=wt(t=>{this.field.value=`${i} ${t}`.trim(),this.fit()},()=>{this.stop=null,this.label(g.dictate)})}label(i){this.mic.setAttribute("aria-label",i),this.mic.title=i,this.mic.classList.toggle("on",i===g.dictating)}fit(){this.field.style.height="auto",this.field.style.height=`${Math.min(this.field.scrollHeight+2,Qn)}px`}};var Et=[1,2,4,8,15,30],Xn=4,ei=30,ti=600*1e3,Oe=class extends EventTarget{constructor(t,n,r){super();this.api=t;this.memory=n;this.visible=r;this.start=null;this.lines=[];this.outbox=[];this.paused=!1;this.busy=!1;this.trouble="";this.notice="";this.known=0;this.cursor=0;this.pumping=!1;this.tries=0;this.wake=null;this.timer=0;this.awaited=0;this.outbox=n.get("outbox").map(o=>({...o})),addEventListener("online",()=>this.hurry()),addEventListener("offline",()=>this.tell({trouble:g.offline})),document.addEventListener("visibilitychange",()=>{this.look()}),n.onOtherTab(()=>{n.reload()&&this.empty(),this.look(!0)})}async load(){this.start??=await this.api.start(),this.tell({trouble:""}),this.memory.get("session")&&!this.lines.length&&(this.known=1/0,await this.fetch().catch(t=>{if(!(t instanceof R)||t.status!==401)throw t;this.memory.set({session:""})}),this.known=this.cursor),this.pump(),this.plan()}async reopen(t){let{session:n}=await this.api.begin(t);this.empty(),this.memory.set({session:n,accepted:!0,outbox:[],seen:0}),this.outbox=[]}say(t){this.add({id:Ge(),text:t,title:t})}press(t){this.add({id:Ge(),choice:t.choice,title:t.title})}retry(t){this.outbox=this.outbox.filter(o=>o!==t);let{failed:n,...r}=t;this.add({...r,id:Ge()})}async link(){let{link:t}=await this.api.link(this.memory.get("session"));return`${Lt()}#yardim=${t}`}async keepAddress(t){await this.api.keepAddress(this.memory.get("session"),t,Lt())}async dropAddress(){await this.api.dropAddress(this.memory.get("session"))}async forget(){let t=this.memory.get("session");t&&await this.api.forget(t).catch(n=>{if(!(n instanceof R)||n.status!==401)throw n}),this.outbox=[],this.memory.set({session:"",outbox:[],seen:0}),this.empty(),this.tell({paused:!1})}hurry(){this.tries=0,this.wake?.(),this.pump(),this.look(!0)}async look(t=!1){if(!(!this.memory.get("session")||document.hidden)){if(t||this.waits())try{await this.fetch()}catch(n){if(n instanceof R&&n.status===401)return this.plan()}this.plan()}}add(t){this.outbox.push(t),this.keep(),this.tell({}),this.pump()}keep(){this.memory.set({outbox:this.outbox.filter(t=>!t.failed)})}empty(){this.lines=[],this.cursor=this.known=0}async pump(){if(!this.pumping){this.pumping=!0;try{for(let t=this.next();t;t=this.next())this.tell({busy:!0}),await this.deliver(t)}finally{this.pumping=!1,this.tell({busy:!1}),this.plan()}}}next(){return this.outbox.find(t=>!t.failed)}async deliver(t){try{let n=this.memory.get("session");n||({session:n}=await this.api.begin(),this.memory.set({session:n}));let{id:r,text:o,choice:a}=t,s=o===void 0?{id:r,choice:a??""}:{id:r,text:o},c=await this.api.send(n,s);this.tries=0;let h=c.messages[0],d={number:h?h.number-1:c.cursor,author:"user",id:r,text:t.title,at:new Date().toISOString()};this.outbox=this.outbox.filter(p=>p!==t),this.keep(),this.take([d,...c.messages],c.cursor,c.paused),this.tell({trouble:""})}catch(n){await this.recover(n,t)}}async recover(t,n){if(t instanceof R&&t.status===401)this.memory.set({session:""}),this.empty(),this.tell({notice:g.ended}),this.tell({notice:""});else if(t instanceof R&&![429,503].includes(t.status))n.failed=t.message,this.keep(),this.tell({});else if(t instanceof R)await this.wait(t.wait||this.pause(),t.message);else if(t instanceof ue)await this.wait(this.pause(),navigator.onLine?g.unreachable:g.offline);else throw t}pause(){return Et[Math.min(this.tries++,Et.length-1)]??30}wait(t,n){return this.tell({trouble:n}),new Promise(r=>{let o=setTimeout(s,t*1e3);this.wake=s;let a=this;function s(){clearTimeout(o),a.wake=null,r()}})}async fetch(){let t=await this.api.history(this.memory.get("session"),this.missing()-1);this.take(t.messages,t.cursor,t.paused),this.tell({trouble:""})}take(t,n,r){let o=new Map(this.lines.map(s=>[s.number,s]));for(let s of t)o.set(s.number,s);this.lines=[...o.values()].sort((s,c)=>s.number-c.number),this.cursor=Math.max(this.cursor,n);let a=new Set(t.map(s=>s.id));this.outbox=this.outbox.filter(s=>!a.has(s.id)),t.some(s=>s.reference)&&(this.awaited=Date.now()),this.tell({paused:r}),this.missing()<=this.cursor&&t.length&&this.look(!0)}missing(){let t=this.lines.findIndex((n,r)=>n.number!==r+1);return t<0?this.lines.length+1:t+1}waits(){return this.paused||this.lines.some(t=>t.reference)}plan(){if(clearTimeout(this.timer),!this.waits())return;let t=this.visible()&&(this.paused||Date.now()-this.awaited<ti);this.timer=window.setTimeout(()=>{this.look()},(t?Xn:ei)*1e3)}tell(t){Object.assign(this,t),this.dispatchEvent(new Event("change"))}};function Lt(){return location.href.split("#",1)[0]??""}function Ge(){return[...crypto.getRandomValues(new Uint8Array(16))].map(i=>i.toString(16).padStart(2,"0")).join("")}var Ze="etwinning-yardim",ni={session:"",accepted:!1,open:!1,large:!1,speak:!1,read:!1,seen:0,outbox:[]},Pe=class{constructor(i){this.device=i;this.kept={...ni,...this.load()}}get(i){return this.kept[i]}set(i){this.kept={...this.kept,...i};try{this.storage().setItem(Ze,JSON.stringify(this.kept))}catch{}}reload(){let i=this.kept.session;return this.kept={...this.kept,...this.load(),open:this.kept.open},this.kept.session!==i}onOtherTab(i){this.device&&addEventListener("storage",t=>{t.key===Ze&&i()})}load(){try{let i=JSON.parse(this.storage().getItem(Ze)??"{}");return typeof i=="object"&&i?i:{}}catch{return{}}}storage(){return this.device?localStorage:sessionStorage}};var Z=g.settings;function Tt(e,i){let t=x("div",{class:"menu",role:"group","aria-label":g.menu}),n=(r,o)=>{t.append(M(r,()=>{i.closed(),o()}))};return n(e.get("large")?Z.smaller:Z.larger,i.resize),vt()&&n(e.get("speak")?Z.speakOff:Z.speakOn,()=>i.voice("speak")),je()&&n(e.get("read")?Z.readOff:Z.readOn,()=>i.voice("read")),n(Z.print,i.print),n(Z.save,i.save),n(g.privacy.again,i.privacy),n(Z.forget,i.forget),t}var zt=document.createElement("i");function Ne(e){let i="&"+e+";";zt.innerHTML=i;let t=zt.textContent;return t.charCodeAt(t.length-1)===59&&e!=="semi"||t===i?!1:t}function $(e,i,t,n){let r=e.length,o=0,a;if(i<0?i=-i>r?0:r+i:i=i>r?r:i,t=t>0?t:0,n.length<1e4)a=Array.from(n),a.unshift(i,t),e.splice(...a);else for(t&&e.splice(i,t);o<n.length;)a=n.slice(o,o+1e4),a.unshift(i,0),e.splice(...a),o+=1e4,i+=1e4}function _(e,i){return e.length>0?($(e,e.length,0,i),e):i}var Je={}.hasOwnProperty;function It(e){let i={},t=-1;for(;++t<e.length;)ii(i,e[t]);return i}function ii(e,i){let t;for(t in i){let r=(Je.call(e,t)?e[t]:void 0)||(e[t]={}),o=i[t],a;if(o)for(a in o){Je.call(r,a)||(r[a]=[]);let s=o[a];ri(r[a],Array.isArray(s)?s:s?[s]:[])}}}function ri(e,i){let t=-1,n=[];for(;++t<i.length;)(i[t].add==="after"?e:n).push(i[t]);$(e,0,0,n)}function Ct(e){let i={},t=-1;for(;++t<e.length;)oi(i,e[t]);return i}function oi(e,i){let t;for(t in i){let r=(Je.call(e,t)?e[t]:void 0)||(e[t]={}),o=i[t],a;if(o)for(a in o)r[a]=o[a]}}function At(e,i){let t=Number.parseInt(e,i);return t<9||t===11||t>13&&t<32||t>126&&t<160||t>55295&&t<57344||t>64975&&t<65008||(t&65535)===65535||(t&65535)===65534||t>1114111?"�":String.fromCodePoint(t)}var ai={'"':"quot","&":"amp","<":"lt",">":"gt"};function Re(e){return e.replace(/["&<>]/g,i);function i(t){return"&"+ai[t]+";"}}function ce(e){return e.replace(/[\t\n\r ]+/g," ").replace(/^ | $/g,"").toLowerCase().toUpperCase()}var Mt=X(/[A-Za-z]/),V=X(/[\dA-Za-z]/),_t=X(/[#-'*+\--9=?A-Z^-~]/);function ke(e){return e!==null&&(e<32||e===127)}var ye=X(/\d/),Ot=X(/[\dA-Fa-f]/),Pt=X(/[!-/:-@[-`{-~]/);function z(e){return e!==null&&e<-2}function Q(e){return e!==null&&(e<0||e===32)}function F(e){return e===-2||e===-1||e===32}var Nt=X(/\p{P}|\p{S}/u),Rt=X(/\s/);function X(e){return i;function i(t){return t!==null&&t>-1&&e.test(String.fromCharCode(t))}}function ve(e,i){let t=Re(si(e||""));if(!i)return t;let n=t.indexOf(":"),r=t.indexOf("?"),o=t.indexOf("#"),a=t.indexOf("/");return n<0||a>-1&&n>a||r>-1&&n>r||o>-1&&n>o||i.test(t.slice(0,n))?t:""}function si(e){let i=[],t=-1,n=0,r=0;for(;++t<e.length;){let o=e.charCodeAt(t),a="";if(o===37&&V(e.charCodeAt(t+1))&&V(e.charCodeAt(t+2)))r=2;else if(o<128)/[!#$&-;=?-Z_a-z~]/.test(String.fromCharCode(o))||(a=String.fromCharCode(o));else if(o>55295&&o<57344){let s=e.charCodeAt(t+1);o<56320&&s>56319&&s<57344?(a=String.fromCharCode(o,s),r=1):a="�"}else a=String.fromCharCode(o);a&&(i.push(e.slice(n,t),encodeURIComponent(a)),n=t+r+1,a=""),r&&(t+=r,r=0)}return i.join("")+e.slice(n)}var Ft={}.hasOwnProperty,Bt=/^(https?|ircs?|mailto|xmpp)$/i,li=/^https?$/i;function Dt(e){let i=e||{},t=!0,n={},r=[[]],o=[],a=[],c=Ct([{enter:{blockQuote:H,codeFenced:me,codeFencedFenceInfo:L,codeFencedFenceMeta:L,codeIndented:fe,codeText:Dn,content:zn,definition:vn,definitionDestinationString:Sn,definitionLabelString:L,definitionTitleString:L,emphasis:Fn,htmlFlow:Rn,htmlText:ht,image:ge,label:L,link:Ie,listItemMarker:te,listItemValue:ee,listOrdered:B,listUnordered:J,paragraph:ne,reference:L,resource:xe,resourceDestinationString:W,resourceTitleString:L,setextHeading:Cn,strong:Bn},exit:{atxHeading:Mn,atxHeadingSequence:In,autolinkEmail:Yn,autolinkProtocol:Vn,blockQuote:K,characterEscapeValue:be,characterReferenceMarkerHexadecimal:mt,characterReferenceMarkerNumeric:mt,characterReferenceValue:Un,codeFenced:ze,codeFencedFence:Te,codeFencedFenceInfo:ae,codeFencedFenceMeta:P,codeFlowValue:Nn,codeIndented:ze,codeText:Hn,codeTextData:be,data:be,definition:Tn,definitionDestinationString:En,definitionLabelString:wn,definitionTitleString:Ln,emphasis:qn,hardBreakEscape:pt,hardBreakTrailing:pt,htmlFlow:dt,htmlFlowData:be,htmlText:dt,htmlTextData:be,image:Ae,label:Ce,labelText:Ye,lineEnding:Pn,link:Ae,listOrdered:he,listUnordered:w,paragraph:oe,reference:P,referenceString:O,resource:P,resourceDestinationString:se,resourceTitleString:le,setextHeading:On,setextHeadingLineSequence:_n,setextHeadingText:An,strong:Kn,thematicBreak:$n}},...i.htmlExtensions||[]]),h={definitions:n,tightStack:a},u={buffer:L,encode:I,getData:S,lineEndingIfNeeded:E,options:i,raw:y,resume:f,setData:b,tag:v},d=i.defaultLineEnding;return p;function p(m){let k=-1,N=0,U=[],Y=[],G=[];for(;++k<m.length;)!d&&(m[k][1].type==="lineEnding"||m[k][1].type==="lineEndingBlank")&&(d=m[k][2].sliceSerialize(m[k][1])),(m[k][1].type==="listOrdered"||m[k][1].type==="listUnordered")&&(m[k][0]==="enter"?U.push(k):l(m.slice(U.pop(),k))),m[k][1].type==="definition"&&(m[k][0]==="enter"?(G=_(G,m.slice(N,k)),N=k):(Y=_(Y,m.slice(N,k+1)),N=k+1));Y=_(Y,G),Y=_(Y,m.slice(N)),k=-1;let j=Y;for(c.enter.null&&c.enter.null.call(u);++k<m.length;){let ft=c[j[k][0]],gt=j[k][1].type,xt=ft[gt];Ft.call(ft,gt)&&xt&&xt.call({sliceSerialize:j[k][2].sliceSerialize,...u},j[k][1])}return c.exit.null&&c.exit.null.call(u),r[0].join("")}function l(m){let k=m.length,N=0,U=0,Y=!1,G;for(;++N<k;){let j=m[N];if(j[1]._container)G=void 0,j[0]==="enter"?U++:U--;else switch(j[1].type){case"listItemPrefix":{j[0]==="exit"&&(G=!0);break}case"linePrefix":break;case"lineEndingBlank":{j[0]==="enter"&&!U&&(G?G=void 0:Y=!0);break}default:G=void 0}}m[0][1]._loose=Y}function b(m,k){h[m]=k}function S(m){return h[m]}function L(){r.push([])}function f(){return r.pop().join("")}function v(m){t&&(b("lastWasTag",!0),r[r.length-1].push(m))}function y(m){b("lastWasTag"),r[r.length-1].push(m)}function A(){y(d||`
`)}function E(){let m=r[r.length-1],k=m[m.length-1],N=k?k.charCodeAt(k.length-1):null;N===10||N===13||N===null||A()}function I(m){return S("ignoreEncode")?m:Re(m)}function P(){f()}function B(m){a.push(!m._loose),E(),v("<ol"),b("expectFirstItem",!0)}function J(m){a.push(!m._loose),E(),v("<ul"),b("expectFirstItem",!0)}function ee(m){if(S("expectFirstItem")){let k=Number.parseInt(this.sliceSerialize(m),10);k!==1&&v(' start="'+I(String(k))+'"')}}function te(){S("expectFirstItem")?v(">"):T(),E(),v("<li>"),b("expectFirstItem"),b("lastWasTag")}function he(){T(),a.pop(),A(),v("</ol>")}function w(){T(),a.pop(),A(),v("</ul>")}function T(){S("lastWasTag")&&!S("slurpAllLineEndings")&&E(),v("</li>"),b("slurpAllLineEndings")}function H(){a.push(!1),E(),v("<blockquote>")}function K(){a.pop(),E(),v("</blockquote>"),b("slurpAllLineEndings")}function ne(){a[a.length-1]||(E(),v("<p>")),b("slurpAllLineEndings")}function oe(){a[a.length-1]?b("slurpAllLineEndings",!0):v("</p>")}function me(){E(),v("<pre><code"),b("fencesCount",0)}function ae(){let m=f();v(' class="language-'+m+'"')}function Te(){let m=S("fencesCount")||0;m||(v(">"),b("slurpOneLineEnding",!0)),b("fencesCount",m+1)}function fe(){E(),v("<pre><code>")}function ze(){let m=S("fencesCount");m!==void 0&&m<2&&h.tightStack.length>0&&!S("lastWasTag")&&A(),S("flowCodeSeenData")&&E(),v("</code></pre>"),m!==void 0&&m<2&&E(),b("flowCodeSeenData"),b("fencesCount"),b("slurpOneLineEnding")}function ge(){o.push({image:!0}),t=void 0}function Ie(){o.push({})}function Ye(m){o[o.length-1].labelId=this.sliceSerialize(m)}function Ce(){o[o.length-1].label=f()}function O(m){o[o.length-1].referenceId=this.sliceSerialize(m)}function xe(){L(),o[o.length-1].destination=""}function W(){L(),b("ignoreEncode",!0)}function se(){o[o.length-1].destination=f(),b("ignoreEncode")}function le(){o[o.length-1].title=f()}function Ae(){let m=o.length-1,k=o[m],N=k.referenceId||k.labelId,U=k.destination===void 0?n[ce(N)]:k;for(t=!0;m--;)if(o[m].image){t=void 0;break}k.image?(v('<img src="'+ve(U.destination,i.allowDangerousProtocol?void 0:li)+'" alt="'),y(k.label),v('"')):v('<a href="'+ve(U.destination,i.allowDangerousProtocol?void 0:Bt)+'"'),v(U.title?' title="'+U.title+'"':""),k.image?v(" />"):(v(">"),y(k.label),v("</a>")),o.pop()}function vn(){L(),o.push({})}function wn(m){f(),o[o.length-1].labelId=this.sliceSerialize(m)}function Sn(){L(),b("ignoreEncode",!0)}function En(){o[o.length-1].destination=f(),b("ignoreEncode")}function Ln(){o[o.length-1].title=f()}function Tn(){let m=o[o.length-1],k=ce(m.labelId);f(),Ft.call(n,k)||(n[k]=o[o.length-1]),o.pop()}function zn(){b("slurpAllLineEndings",!0)}function In(m){S("headingRank")||(b("headingRank",this.sliceSerialize(m).length),E(),v("<h"+S("headingRank")+">"))}function Cn(){L(),b("slurpAllLineEndings")}function An(){b("slurpAllLineEndings",!0)}function Mn(){v("</h"+S("headingRank")+">"),b("headingRank")}function _n(m){b("headingRank",this.sliceSerialize(m).charCodeAt(0)===61?1:2)}function On(){let m=f();E(),v("<h"+S("headingRank")+">"),y(m),v("</h"+S("headingRank")+">"),b("slurpAllLineEndings"),b("headingRank")}function be(m){y(I(this.sliceSerialize(m)))}function Pn(m){if(!S("slurpAllLineEndings")){if(S("slurpOneLineEnding")){b("slurpOneLineEnding");return}if(S("inCodeText")){y(" ");return}y(I(this.sliceSerialize(m)))}}function Nn(m){y(I(this.sliceSerialize(m))),b("flowCodeSeenData",!0)}function pt(){v("<br />")}function Rn(){E(),ht()}function dt(){b("ignoreEncode")}function ht(){i.allowDangerousHtml&&b("ignoreEncode",!0)}function Fn(){v("<em>")}function Bn(){v("<strong>")}function Dn(){b("inCodeText",!0),v("<code>")}function Hn(){b("inCodeText"),v("</code>")}function qn(){v("</em>")}function Kn(){v("</strong>")}function $n(){E(),v("<hr />")}function mt(m){b("characterReferenceType",m.type)}function Un(m){let k=this.sliceSerialize(m),N=S("characterReferenceType")?At(k,S("characterReferenceType")==="characterReferenceMarkerNumeric"?10:16):Ne(k);y(I(N)),b("characterReferenceType")}function Vn(m){let k=this.sliceSerialize(m);v('<a href="'+ve(k,i.allowDangerousProtocol?void 0:Bt)+'">'),y(I(k)),v("</a>")}function Yn(m){let k=this.sliceSerialize(m);v('<a href="'+ve("mailto:"+k)+'">'),y(I(k)),v("</a>")}}function C(e,i,t,n){let r=n?n-1:1/0,o=0;return a;function a(c){return F(c)?(e.enter(t),s(c)):i(c)}function s(c){return F(c)&&o++<r?(e.consume(c),s):(e.exit(t),i(c))}}var Ht={tokenize:ui};function ui(e){let i=e.attempt(this.parser.constructs.contentInitial,n,r),t;return i;function n(s){if(s===null){e.consume(s);return}return e.enter("lineEnding"),e.consume(s),e.exit("lineEnding"),C(e,i,"linePrefix")}function r(s){return e.enter("paragraph"),o(s)}function o(s){let c=e.enter("chunkText",{contentType:"text",previous:t});return t&&(t.next=c),t=c,a(s)}function a(s){if(s===null){e.exit("chunkText"),e.exit("paragraph"),e.consume(s);return}return z(s)?(e.consume(s),e.exit("chunkText"),o):(e.consume(s),a)}}var re=class{constructor(){this.index=new Map,this.map=[]}add(i,t,n){qt(this,i,t,n,!1)}addBefore(i,t,n){qt(this,i,t,n,!0)}consume(i){if(this.map.sort(function(o,a){return o[0]-a[0]}),this.map.length===0)return;let t=this.map.length,n=[];for(;t>0;)t-=1,n.push(i.slice(this.map[t][0]+this.map[t][1]),this.map[t][2]),i.length=this.map[t][0];n.push(i.slice()),i.length=0;let r=n.pop();for(;r;){for(let o of r)i.push(o);r=n.pop()}this.map.length=0,this.index.clear()}};function qt(e,i,t,n,r){if(t===0&&n.length===0)return;let o=e.index.get(i);if(o){o[1]+=t,r?(n.push(...o[2]),o[2]=n):o[2].push(...n);return}let a=[i,t,n];e.map.push(a),e.index.set(i,a)}var $t={tokenize:ci},Kt={tokenize:pi};function ci(e){let i=this,t=[],n=0,r,o,a;return s;function s(y){if(n<t.length){let A=t[n];return i.containerState=A[1],e.attempt(A[0].continuation,c,h)(y)}return h(y)}function c(y){if(n++,i.containerState._closeFlow){i.containerState._closeFlow=void 0,r&&v();let A=i.events.length,E=A,I;for(;E--;)if(i.events[E][0]==="exit"&&i.events[E][1].type==="chunkFlow"){I=i.events[E][1].end;break}f(n);let P=A;for(;P<i.events.length;)i.events[P][1].end={...I},P++;let B=new re;return B.add(E+1,0,i.events.slice(A)),B.add(A,P-A,[]),B.consume(i.events),h(y)}return s(y)}function h(y){if(n===t.length){if(!r)return p(y);if(r.currentConstruct&&r.currentConstruct.concrete)return b(y);i.interrupt=!!(r.currentConstruct&&!r._gfmTableDynamicInterruptHack)}return i.containerState={},e.check(Kt,u,d)(y)}function u(y){return r&&v(),f(n),p(y)}function d(y){return i.parser.lazy[i.now().line]=n!==t.length,a=i.now().offset,b(y)}function p(y){return i.containerState={},e.attempt(Kt,l,b)(y)}function l(y){return n++,t.push([i.currentConstruct,i.containerState]),p(y)}function b(y){if(y===null){r&&v(),f(0),e.consume(y);return}return r=r||i.parser.flow(i.now()),e.enter("chunkFlow",{_tokenizer:r,contentType:"flow",previous:o}),S(y)}function S(y){if(y===null){L(e.exit("chunkFlow"),!0),f(0),e.consume(y);return}return z(y)?(e.consume(y),L(e.exit("chunkFlow")),n=0,i.interrupt=void 0,s):(e.consume(y),S)}function L(y,A){let E=i.sliceStream(y);if(A&&E.push(null),y.previous=o,o&&(o.next=y),o=y,r.defineSkip(y.start),r.write(E),i.parser.lazy[y.start.line]){let I=r.events.length;for(;I--;)if(r.events[I][1].start.offset<a&&(!r.events[I][1].end||r.events[I][1].end.offset>a))return;let P=i.events.length,B=P,J,ee;for(;B--;)if(i.events[B][0]==="exit"&&i.events[B][1].type==="chunkFlow"){if(J){ee=i.events[B][1].end;break}J=!0}for(f(n),I=P;I<i.events.length;)i.events[I][1].end={...ee},I++;let te=new re;te.add(B+1,0,i.events.slice(P)),te.add(P,I-P,[]),te.consume(i.events)}}function f(y){let A=t.length;for(;A-- >y;){let E=t[A];i.containerState=E[1],E[0].exit.call(i,e)}t.length=y}function v(){r.write([null]),o=void 0,r=void 0,i.containerState._closeFlow=void 0}}function pi(e,i,t){return C(e,e.attempt(this.parser.constructs.document,i,t),"linePrefix",this.parser.constructs.disable.null.includes("codeIndented")?void 0:4)}function Qe(e){if(e===null||Q(e)||Rt(e))return 1;if(Nt(e))return 2}function pe(e,i,t){let n=[],r=-1;for(;++r<e.length;){let o=e[r].resolveAll;o&&!n.includes(o)&&(i=o(i,t),n.push(o))}return i}var we={name:"attention",resolveAll:di,tokenize:hi};function di(e,i){let t=-1,n;for(;++t<e.length;)if(e[t][0]==="enter"&&e[t][1].type==="attentionSequence"&&e[t][1]._close){let r=t;for(;r--;)if(e[r][0]==="exit"&&e[r][1].type==="attentionSequence"&&e[r][1]._open&&i.sliceSerialize(e[r][1]).charCodeAt(0)===i.sliceSerialize(e[t][1]).charCodeAt(0)){if((e[r][1]._close||e[t][1]._open)&&(e[t][1].end.offset-e[t][1].start.offset)%3&&!((e[r][1].end.offset-e[r][1].start.offset+e[t][1].end.offset-e[t][1].start.offset)%3))continue;let o=e[r][1].end.offset-e[r][1].start.offset>1&&e[t][1].end.offset-e[t][1].start.offset>1?2:1,a={...e[r][1].end},s={...e[t][1].start};Ut(a,-o),Ut(s,o);let c={type:o>1?"strongSequence":"emphasisSequence",start:a,end:{...e[r][1].end}},h={type:o>1?"strongSequence":"emphasisSequence",start:{...e[t][1].start},end:s},u={type:o>1?"strongText":"emphasisText",start:{...e[r][1].end},end:{...e[t][1].start}},d={type:o>1?"strong":"emphasis",start:{...c.start},end:{...h.end}};e[r][1].end={...c.start},e[t][1].start={...h.end},n=[],e[r][1].end.offset-e[r][1].start.offset&&(n=_(n,[["enter",e[r][1],i],["exit",e[r][1],i]])),n=_(n,[["enter",d,i],["enter",c,i],["exit",c,i],["enter",u,i]]),n=_(n,pe(i.parser.constructs.insideSpan.null,e.slice(r+1,t),i)),n=_(n,[["exit",u,i],["enter",h,i],["exit",h,i],["exit",d,i]]);let p=0;e[t][1].end.offset-e[t][1].start.offset&&(p=2,n=_(n,[["enter",e[t][1],i],["exit",e[t][1],i]])),$(e,r-1,t-r+3,n),t=r+n.length-p-2;break}}for(t=-1;++t<e.length;)e[t][1].type==="attentionSequence"&&(e[t][1].type="data");return e}function hi(e,i){let t=this.parser.constructs.attentionMarkers.null,n=this.previous,r=Qe(n),o;return a;function a(c){return o=c,e.enter("attentionSequence"),s(c)}function s(c){if(c===o)return e.consume(c),s;let h=e.exit("attentionSequence"),u=Qe(c),d=!u||u===2&&r||t.includes(c)&&c!==42&&c!==95,p=!r||r===2&&u||t.includes(n)&&n!==42&&n!==95;return h._open=!!(o===42?d:d&&(r||!p)),h._close=!!(o===42?p:p&&(u||!d)),i(c)}}function Ut(e,i){e.column+=i,e.offset+=i,e._bufferIndex+=i}var Xe={name:"autolink",tokenize:mi};function mi(e,i,t){let n=0;return r;function r(l){return e.enter("autolink"),e.enter("autolinkMarker"),e.consume(l),e.exit("autolinkMarker"),e.enter("autolinkProtocol"),o}function o(l){return Mt(l)?(e.consume(l),a):l===64?t(l):h(l)}function a(l){return l===43||l===45||l===46||V(l)?(n=1,s(l)):h(l)}function s(l){return l===58?(e.consume(l),n=0,c):(l===43||l===45||l===46||V(l))&&n++<32?(e.consume(l),s):(n=0,h(l))}function c(l){return l===62?(e.exit("autolinkProtocol"),e.enter("autolinkMarker"),e.consume(l),e.exit("autolinkMarker"),e.exit("autolink"),i):l===null||l===32||l===60||ke(l)?t(l):(e.consume(l),c)}function h(l){return l===64?(e.consume(l),u):_t(l)?(e.consume(l),h):t(l)}function u(l){return V(l)?d(l):t(l)}function d(l){return l===46?(e.consume(l),n=0,u):l===62?(e.exit("autolinkProtocol").type="autolinkEmail",e.enter("autolinkMarker"),e.consume(l),e.exit("autolinkMarker"),e.exit("autolink"),i):p(l)}function p(l){if((l===45||V(l))&&n++<63){let b=l===45?p:d;return e.consume(l),b}return t(l)}}var de={partial:!0,tokenize:fi};function fi(e,i,t){return n;function n(o){return F(o)?C(e,r,"linePrefix")(o):r(o)}function r(o){return o===null||z(o)?i(o):t(o)}}var Fe={name:"characterEscape",tokenize:gi};function gi(e,i,t){return n;function n(o){return e.enter("characterEscape"),e.enter("escapeMarker"),e.consume(o),e.exit("escapeMarker"),r}function r(o){return Pt(o)?(e.enter("characterEscapeValue"),e.consume(o),e.exit("characterEscapeValue"),e.exit("characterEscape"),i):t(o)}}var Be={name:"characterReference",tokenize:xi};function xi(e,i,t){let n=this,r=0,o,a;return s;function s(d){return e.enter("characterReference"),e.enter("characterReferenceMarker"),e.consume(d),e.exit("characterReferenceMarker"),c}function c(d){return d===35?(e.enter("characterReferenceMarkerNumeric"),e.consume(d),e.exit("characterReferenceMarkerNumeric"),h):(e.enter("characterReferenceValue"),o=31,a=V,u(d))}function h(d){return d===88||d===120?(e.enter("characterReferenceMarkerHexadecimal"),e.consume(d),e.exit("characterReferenceMarkerHexadecimal"),e.enter("characterReferenceValue"),o=6,a=Ot,u):(e.enter("characterReferenceValue"),o=7,a=ye,u(d))}function u(d){if(d===59&&r){let p=e.exit("characterReferenceValue");return a===V&&!Ne(n.sliceSerialize(p))?t(d):(e.enter("characterReferenceMarker"),e.consume(d),e.exit("characterReferenceMarker"),e.exit("characterReference"),i)}return a(d)&&r++<o?(e.consume(d),u):t(d)}}var et={name:"codeText",previous:ki,resolve:bi,tokenize:yi};function bi(e){let i=e.length-4,t=3,n,r;if((e[t][1].type==="lineEnding"||e[t][1].type==="space")&&(e[i][1].type==="lineEnding"||e[i][1].type==="space")){for(n=t;++n<i;)if(e[n][1].type==="codeTextData"){e[t][1].type="codeTextPadding",e[i][1].type="codeTextPadding",t+=2,i-=2;break}}for(n=t-1,i++;++n<=i;)r===void 0?n!==i&&e[n][1].type!=="lineEnding"&&(r=n):(n===i||e[n][1].type==="lineEnding")&&(e[r][1].type="codeTextData",n!==r+2&&(e[r][1].end=e[n-1][1].end,e.splice(r+2,n-r-2),i-=n-r-2,n=r+2),r=void 0);return e}function ki(e){return e!==96||this.events[this.events.length-1][1].type==="characterEscape"}function yi(e,i,t){let n=this,r=0,o,a;return s;function s(p){return e.enter("codeText"),e.enter("codeTextSequence"),c(p)}function c(p){return p===96?(e.consume(p),r++,c):(e.exit("codeTextSequence"),h(p))}function h(p){return p===null?t(p):p===32?(e.enter("space"),e.consume(p),e.exit("space"),h):p===96?(a=e.enter("codeTextSequence"),o=0,d(p)):z(p)?(e.enter("lineEnding"),e.consume(p),e.exit("lineEnding"),h):(e.enter("codeTextData"),u(p))}function u(p){return p===null||p===32||p===96||z(p)?(e.exit("codeTextData"),h(p)):(e.consume(p),u)}function d(p){return p===96?(e.consume(p),o++,d):o===r?(e.exit("codeTextSequence"),e.exit("codeText"),i(p)):(a.type="codeTextData",u(p))}}var De=class{constructor(i){this.left=i?[...i]:[],this.right=[]}get(i){if(i<0||i>=this.left.length+this.right.length)throw new RangeError("Cannot access index `"+i+"` in a splice buffer of size `"+(this.left.length+this.right.length)+"`");return i<this.left.length?this.left[i]:this.right[this.right.length-i+this.left.length-1]}get length(){return this.left.length+this.right.length}shift(){return this.setCursor(0),this.right.pop()}slice(i,t){let n=t??Number.POSITIVE_INFINITY;return n<this.left.length?this.left.slice(i,n):i>this.left.length?this.right.slice(this.right.length-n+this.left.length,this.right.length-i+this.left.length).reverse():this.left.slice(i).concat(this.right.slice(this.right.length-n+this.left.length).reverse())}splice(i,t,n){let r=t||0;this.setCursor(Math.trunc(i));let o=this.right.splice(this.right.length-r,Number.POSITIVE_INFINITY);return n&&Se(this.left,n),o.reverse()}pop(){return this.setCursor(Number.POSITIVE_INFINITY),this.left.pop()}push(i){this.setCursor(Number.POSITIVE_INFINITY),this.left.push(i)}pushMany(i){this.setCursor(Number.POSITIVE_INFINITY),Se(this.left,i)}unshift(i){this.setCursor(0),this.right.push(i)}unshiftMany(i){this.setCursor(0),Se(this.right,i.reverse())}setCursor(i){if(!(i===this.left.length||i>this.left.length&&this.right.length===0||i<0&&this.left.length===0))if(i<this.left.length){let t=this.left.splice(i,Number.POSITIVE_INFINITY);Se(this.right,t.reverse())}else{let t=this.right.splice(this.left.length+this.right.length-i,Number.POSITIVE_INFINITY);Se(this.left,t.reverse())}}};function Se(e,i){let t=0;if(i.length<1e4)e.push(...i);else for(;t<i.length;)e.push(...i.slice(t,t+1e4)),t+=1e4}function He(e){let i={},t=-1,n,r,o,a,s,c,h,u=new De(e);for(;++t<u.length;){for(;t in i;)t=i[t];if(n=u.get(t),t&&n[1].type==="chunkFlow"&&u.get(t-1)[1].type==="listItemPrefix"&&(c=n[1]._tokenizer.events,o=0,o<c.length&&c[o][1].type==="lineEndingBlank"&&(o+=2),o<c.length&&c[o][1].type==="content"))for(;++o<c.length&&c[o][1].type!=="content";)c[o][1].type==="chunkText"&&(c[o][1]._isInFirstContentOfListItem=!0,o++);if(n[0]==="enter")n[1].contentType&&(Object.assign(i,vi(u,t)),t=i[t],h=!0);else if(n[1]._container){for(o=t,r=void 0;o--;)if(a=u.get(o),a[1].type==="lineEnding"||a[1].type==="lineEndingBlank")a[0]==="enter"&&(r&&(u.get(r)[1].type="lineEndingBlank"),a[1].type="lineEnding",r=o);else if(!(a[1].type==="linePrefix"||a[1].type==="listItemIndent"))break;r&&(n[1].end={...u.get(r)[1].start},s=u.slice(r,t),s.unshift(n),u.splice(r,t-r+1,s))}}return $(e,0,Number.POSITIVE_INFINITY,u.slice(0)),!h}function vi(e,i){let t=e.get(i)[1],n=e.get(i)[2],r=i-1,o=[],a=t._tokenizer;a||(a=n.parser[t.contentType](t.start),t._contentTypeTextTrailing&&(a._contentTypeTextTrailing=!0));let s=a.events,c=[],h={},u,d,p=-1,l=t,b=0,S=0,L=[S];for(;l;){for(;e.get(++r)[1]!==l;);o.push(r),l._tokenizer||(u=n.sliceStream(l),l.next||u.push(null),d&&a.defineSkip(l.start),l._isInFirstContentOfListItem&&(a._gfmTasklistFirstContentOfListItem=!0),a.write(u),l._isInFirstContentOfListItem&&(a._gfmTasklistFirstContentOfListItem=void 0)),d=l,l=l.next}for(l=t;++p<s.length;)s[p][0]==="exit"&&s[p-1][0]==="enter"&&s[p][1].type===s[p-1][1].type&&s[p][1].start.line!==s[p][1].end.line&&(S=p+1,L.push(S),l._tokenizer=void 0,l.previous=void 0,l=l.next);for(a.events=[],l?(l._tokenizer=void 0,l.previous=void 0):L.pop(),p=L.length;p--;){let f=s.slice(L[p],L[p+1]),v=o.pop();c.push([v,v+f.length-1]),e.splice(v,2,f)}for(c.reverse(),p=-1;++p<c.length;)h[b+c[p][0]]=b+c[p][1],b+=c[p][1]-c[p][0]-1;return h}var tt={resolve:Si,tokenize:Ei},wi={partial:!0,tokenize:Li};function Si(e){return He(e),e}function Ei(e,i){let t;return n;function n(s){return e.enter("content"),t=e.enter("chunkContent",{contentType:"content"}),r(s)}function r(s){return s===null?o(s):z(s)?e.check(wi,a,o)(s):(e.consume(s),r)}function o(s){return e.exit("chunkContent"),e.exit("content"),i(s)}function a(s){return e.consume(s),e.exit("chunkContent"),t.next=e.enter("chunkContent",{contentType:"content",previous:t}),t=t.next,r}}function Li(e,i,t){let n=this;return r;function r(a){return e.exit("chunkContent"),e.enter("lineEnding"),e.consume(a),e.exit("lineEnding"),C(e,o,"linePrefix")}function o(a){if(a===null||z(a))return t(a);let s=n.events[n.events.length-1];return!n.parser.constructs.disable.null.includes("codeIndented")&&s&&s[1].type==="linePrefix"&&s[2].sliceSerialize(s[1],!0).length>=4?i(a):e.interrupt(n.parser.constructs.flow,t,i)(a)}}function Vt(e,i,t,n,r,o,a,s,c){let h=c||Number.POSITIVE_INFINITY,u=0;return d;function d(f){return f===60?(e.enter(n),e.enter(r),e.enter(o),e.consume(f),e.exit(o),p):f===null||f===32||f===41||ke(f)?t(f):(e.enter(n),e.enter(a),e.enter(s),e.enter("chunkString",{contentType:"string"}),S(f))}function p(f){return f===62?(e.enter(o),e.consume(f),e.exit(o),e.exit(r),e.exit(n),i):(e.enter(s),e.enter("chunkString",{contentType:"string"}),l(f))}function l(f){return f===62?(e.exit("chunkString"),e.exit(s),p(f)):f===null||f===60||z(f)?t(f):(e.consume(f),f===92?b:l)}function b(f){return f===60||f===62||f===92?(e.consume(f),l):l(f)}function S(f){return!u&&(f===null||f===41||Q(f))?(e.exit("chunkString"),e.exit(s),e.exit(a),e.exit(n),i(f)):u<h&&f===40?(e.consume(f),u++,S):f===41?(e.consume(f),u--,S):f===null||f===32||f===40||ke(f)?t(f):(e.consume(f),f===92?L:S)}function L(f){return f===40||f===41||f===92?(e.consume(f),S):S(f)}}function Yt(e,i,t,n,r,o){let a=this,s=0,c;return h;function h(l){return e.enter(n),e.enter(r),e.consume(l),e.exit(r),e.enter(o),u}function u(l){return s>999||l===null||l===91||l===93&&!c||l===94&&!s&&"_hiddenFootnoteSupport"in a.parser.constructs?t(l):l===93?(e.exit(o),e.enter(r),e.consume(l),e.exit(r),e.exit(n),i):z(l)?(e.enter("lineEnding"),e.consume(l),e.exit("lineEnding"),u):(e.enter("chunkString",{contentType:"string"}),d(l))}function d(l){return l===null||l===91||l===93||z(l)||s++>999?(e.exit("chunkString"),u(l)):(e.consume(l),c||(c=!F(l)),l===92?p:d)}function p(l){return l===91||l===92||l===93?(e.consume(l),s++,d):d(l)}}function jt(e,i,t,n,r,o){let a;return s;function s(p){return p===34||p===39||p===40?(e.enter(n),e.enter(r),e.consume(p),e.exit(r),a=p===40?41:p,c):t(p)}function c(p){return p===a?(e.enter(r),e.consume(p),e.exit(r),e.exit(n),i):(e.enter(o),h(p))}function h(p){return p===a?(e.exit(o),c(a)):p===null?t(p):z(p)?(e.enter("lineEnding"),e.consume(p),e.exit("lineEnding"),C(e,h,"linePrefix")):(e.enter("chunkString",{contentType:"string"}),u(p))}function u(p){return p===a||p===null||z(p)?(e.exit("chunkString"),h(p)):(e.consume(p),p===92?d:u)}function d(p){return p===a||p===92?(e.consume(p),u):u(p)}}function qe(e,i){let t;return n;function n(r){return z(r)?(e.enter("lineEnding"),e.consume(r),e.exit("lineEnding"),t=!0,n):F(r)?C(e,n,t?"linePrefix":"lineSuffix")(r):i(r)}}var nt={name:"hardBreakEscape",tokenize:Ti};function Ti(e,i,t){return n;function n(o){return e.enter("hardBreakEscape"),e.consume(o),r}function r(o){return z(o)?(e.exit("hardBreakEscape"),i(o)):t(o)}}var Ee={name:"labelEnd",resolveAll:Ai,resolveTo:Mi,tokenize:_i},zi={tokenize:Oi},Ii={tokenize:Pi},Ci={tokenize:Ni};function Ai(e){let i=-1,t=[];for(;++i<e.length;){let n=e[i][1];if(t.push(e[i]),n.type==="labelImage"||n.type==="labelLink"||n.type==="labelEnd"){let r=n.type==="labelImage"?4:2;n.type="data",i+=r}}return e.length!==t.length&&$(e,0,e.length,t),e}function Mi(e,i){let t=e.length,n=0,r,o,a;for(;t--;){let u=e[t][1];if(r){if(u.type==="link"||u.type==="labelLink"&&u._inactive)break;e[t][0]==="enter"&&u.type==="labelLink"&&(u._inactive=!0)}else if(o){if(e[t][0]==="enter"&&(u.type==="labelImage"||u.type==="labelLink")&&!u._balanced&&(r=t,u.type!=="labelLink")){n=2;break}}else u.type==="labelEnd"&&(o=t)}let s={type:e[r][1].type==="labelLink"?"link":"image",start:{...e[r][1].start},end:{...e[e.length-1][1].end}},c={type:"label",start:{...e[r][1].start},end:{...e[o][1].end}},h={type:"labelText",start:{...e[r+n+2][1].end},end:{...e[o-2][1].start}};return a=[["enter",s,i],["enter",c,i]],a=_(a,e.slice(r+1,r+n+3)),a=_(a,[["enter",h,i]]),a=_(a,pe(i.parser.constructs.insideSpan.null,e.slice(r+n+4,o-3),i)),a=_(a,[["exit",h,i],e[o-2],e[o-1],["exit",c,i]]),a=_(a,e.slice(o+1)),a=_(a,[["exit",s,i]]),$(e,r,e.length,a),e}function _i(e,i,t){let n=this,r=n._labelStarts,o,a;if(r){for(;r.length>0&&r[r.length-1]._balanced;)r.pop();o=r[r.length-1]}return s;function s(p){return o?o._inactive?d(p):(a=n.parser.defined.includes(ce(n.sliceSerialize({start:o.end,end:n.now()}))),e.enter("labelEnd"),e.enter("labelMarker"),e.consume(p),e.exit("labelMarker"),e.exit("labelEnd"),c):t(p)}function c(p){return p===40?e.attempt(zi,u,a?u:d)(p):p===91?e.attempt(Ii,u,a?h:d)(p):a?u(p):d(p)}function h(p){return e.attempt(Ci,u,d)(p)}function u(p){return r.pop(),i(p)}function d(p){return o._balanced=!0,t(p)}}function Oi(e,i,t){return n;function n(d){return e.enter("resource"),e.enter("resourceMarker"),e.consume(d),e.exit("resourceMarker"),r}function r(d){return Q(d)?qe(e,o)(d):o(d)}function o(d){return d===41?u(d):Vt(e,a,s,"resourceDestination","resourceDestinationLiteral","resourceDestinationLiteralMarker","resourceDestinationRaw","resourceDestinationString",32)(d)}function a(d){return Q(d)?qe(e,c)(d):u(d)}function s(d){return t(d)}function c(d){return d===34||d===39||d===40?jt(e,h,t,"resourceTitle","resourceTitleMarker","resourceTitleString")(d):u(d)}function h(d){return Q(d)?qe(e,u)(d):u(d)}function u(d){return d===41?(e.enter("resourceMarker"),e.consume(d),e.exit("resourceMarker"),e.exit("resource"),i):t(d)}}function Pi(e,i,t){let n=this;return r;function r(s){return Yt.call(n,e,o,a,"reference","referenceMarker","referenceString")(s)}function o(s){return n.parser.defined.includes(ce(n.sliceSerialize(n.events[n.events.length-1][1]).slice(1,-1)))?i(s):t(s)}function a(s){return t(s)}}function Ni(e,i,t){return n;function n(o){return e.enter("reference"),e.enter("referenceMarker"),e.consume(o),e.exit("referenceMarker"),r}function r(o){return o===93?(e.enter("referenceMarker"),e.consume(o),e.exit("referenceMarker"),e.exit("reference"),i):t(o)}}var it={name:"labelStartLink",resolveAll:Ee.resolveAll,tokenize:Ri};function Ri(e,i,t){let n=this,r;return o;function o(s){return e.enter("labelLink"),e.enter("labelMarker"),e.consume(s),e.exit("labelMarker"),r=e.exit("labelLink"),a}function a(s){return s===94&&"_hiddenFootnoteSupport"in n.parser.constructs?t(s):(n._labelStarts=n._labelStarts||[],n._labelStarts.push(r),i(s))}}var Le={name:"lineEnding",tokenize:Fi};function Fi(e,i){return t;function t(n){return e.enter("lineEnding"),e.consume(n),e.exit("lineEnding"),C(e,i,"linePrefix")}}var Wt={name:"thematicBreak",tokenize:Bi};function Bi(e,i,t){let n=0,r;return o;function o(h){return e.enter("thematicBreak"),a(h)}function a(h){return r=h,s(h)}function s(h){return h===r?(e.enter("thematicBreakSequence"),c(h)):n>=3&&(h===null||z(h))?(e.exit("thematicBreak"),i(h)):t(h)}function c(h){return h===r?(e.consume(h),n++,c):(e.exit("thematicBreakSequence"),F(h)?C(e,s,"whitespace")(h):s(h))}}var Ke={continuation:{tokenize:Ki},exit:Ui,name:"list",tokenize:qi},Di={partial:!0,tokenize:Vi},Hi={partial:!0,tokenize:$i};function qi(e,i,t){let n=this,r=n.events[n.events.length-1],o=r&&r[1].type==="linePrefix"?r[2].sliceSerialize(r[1],!0).length:0,a=0;return s;function s(l){let b=n.containerState.type||(l===42||l===43||l===45?"listUnordered":"listOrdered");if(b==="listUnordered"?!n.containerState.marker||l===n.containerState.marker:ye(l)){if(n.containerState.type||(n.containerState.type=b,e.enter(b,{_container:!0})),b==="listUnordered")return e.enter("listItemPrefix"),l===42||l===45?e.check(Wt,t,h)(l):h(l);if(!n.interrupt||l===49)return e.enter("listItemPrefix"),e.enter("listItemValue"),c(l)}return t(l)}function c(l){return ye(l)&&++a<10?(e.consume(l),c):(!n.interrupt||a<2)&&(n.containerState.marker?l===n.containerState.marker:l===41||l===46)?(e.exit("listItemValue"),h(l)):t(l)}function h(l){return e.enter("listItemMarker"),e.consume(l),e.exit("listItemMarker"),n.containerState.marker=n.containerState.marker||l,e.check(de,n.interrupt?t:u,e.attempt(Di,p,d))}function u(l){return n.containerState.initialBlankLine=!0,o++,p(l)}function d(l){return F(l)?(e.enter("listItemPrefixWhitespace"),e.consume(l),e.exit("listItemPrefixWhitespace"),p):t(l)}function p(l){return n.containerState.size=o+n.sliceSerialize(e.exit("listItemPrefix"),!0).length,i(l)}}function Ki(e,i,t){let n=this;return n.containerState._closeFlow=void 0,e.check(de,r,o);function r(s){return n.containerState.furtherBlankLines=n.containerState.furtherBlankLines||n.containerState.initialBlankLine,C(e,i,"listItemIndent",n.containerState.size+1)(s)}function o(s){return n.containerState.furtherBlankLines||!F(s)?(n.containerState.furtherBlankLines=void 0,n.containerState.initialBlankLine=void 0,a(s)):(n.containerState.furtherBlankLines=void 0,n.containerState.initialBlankLine=void 0,e.attempt(Hi,i,a)(s))}function a(s){return n.containerState._closeFlow=!0,n.interrupt=void 0,C(e,e.attempt(Ke,i,t),"linePrefix",n.parser.constructs.disable.null.includes("codeIndented")?void 0:4)(s)}}function $i(e,i,t){let n=this;return C(e,r,"listItemIndent",n.containerState.size+1);function r(o){let a=n.events[n.events.length-1];return a&&a[1].type==="listItemIndent"&&a[2].sliceSerialize(a[1],!0).length===n.containerState.size?i(o):t(o)}}function Ui(e){e.exit(this.containerState.type)}function Vi(e,i,t){let n=this;return C(e,r,"listItemPrefixWhitespace",n.parser.constructs.disable.null.includes("codeIndented")?void 0:5);function r(o){let a=n.events[n.events.length-1];return!F(o)&&a&&a[1].type==="listItemPrefixWhitespace"?i(o):t(o)}}var Gt={tokenize:Yi};function Yi(e){let i=this,t=e.attempt(de,n,e.attempt(this.parser.constructs.flowInitial,r,C(e,e.attempt(this.parser.constructs.flow,r,e.attempt(tt,r)),"linePrefix")));return t;function n(o){if(o===null){e.consume(o);return}return e.enter("lineEndingBlank"),e.consume(o),e.exit("lineEndingBlank"),i.currentConstruct=void 0,t}function r(o){if(o===null){e.consume(o);return}return e.enter("lineEnding"),e.consume(o),e.exit("lineEnding"),i.currentConstruct=void 0,t}}var Zt={resolveAll:en()},Jt=Xt("string"),Qt=Xt("text");function Xt(e){return{resolveAll:en(e==="text"?ji:void 0),tokenize:i};function i(t){let n=this,r=this.parser.constructs[e],o=t.attempt(r,a,s);return a;function a(u){return h(u)?o(u):s(u)}function s(u){if(u===null){t.consume(u);return}return t.enter("data"),t.consume(u),c}function c(u){return h(u)?(t.exit("data"),o(u)):(t.consume(u),c)}function h(u){if(u===null)return!0;let d=r[u],p=-1;if(d)for(;++p<d.length;){let l=d[p];if(!l.previous||l.previous.call(n,n.previous))return!0}return!1}}}function en(e){return i;function i(t,n){let r=-1,o;for(;++r<=t.length;)o===void 0?t[r]&&t[r][1].type==="data"&&(o=r,r++):(!t[r]||t[r][1].type!=="data")&&(r!==o+2&&(t[o][1].end=t[r-1][1].end,t.splice(o+2,r-o-2),r=o+2),o=void 0);return e?e(t,n):t}}function ji(e,i){let t=new re,n=0;for(;++n<=e.length;)if((n===e.length||e[n][1].type==="lineEnding")&&e[n-1][1].type==="data"){let r=e[n-1][1],o=i.sliceStream(r),a=o.length,s=-1,c=0,h;for(;a--;){let u=o[a];if(typeof u=="string"){for(s=u.length;u.charCodeAt(s-1)===32;)c++,s--;if(s)break;s=-1}else if(u===-2)h=!0,c++;else if(u!==-1){a++;break}}if(i._contentTypeTextTrailing&&n===e.length&&(c=0),c){let u={type:n===e.length||h||c<2?"lineSuffix":"hardBreakTrailing",start:{_bufferIndex:a?s:r.start._bufferIndex+s,_index:r.start._index+a,line:r.end.line,column:r.end.column-c,offset:r.end.offset-c},end:{...r.end}};r.end={...u.start},r.start.offset===r.end.offset?Object.assign(r,u):t.add(n,0,[["enter",u,i],["exit",u,i]])}n++}return t.consume(e),e}var rt={};Wn(rt,{attentionMarkers:()=>nr,contentInitial:()=>Zi,disable:()=>ir,document:()=>Gi,flow:()=>Qi,flowInitial:()=>Ji,insideSpan:()=>tr,string:()=>Xi,text:()=>er});var q=e=>e.charCodeAt(0),Wi={[-5]:Le,[-4]:Le,[-3]:Le},Gi=Object.fromEntries([..."*+-0123456789"].map(e=>[q(e),Ke])),Zi={},Ji={},Qi={},Xi={[q("&")]:Be,[q("\\")]:Fe},er={...Wi,[q("&")]:Be,[q("*")]:we,[q("<")]:Xe,[q("[")]:it,[q("\\")]:[nt,Fe],[q("]")]:Ee,[q("_")]:we,[q("`")]:et},tr={null:[we,Zt]},nr={null:[q("*"),q("_")]},ir={null:[]};function tn(e,i,t){let n={_bufferIndex:-1,_index:0,line:t&&t.line||1,column:t&&t.column||1,offset:t&&t.offset||0},r={},o=[],a=[],s=[],c=!0,h={attempt:J(P),check:J(B),consume:A,enter:E,exit:I,interrupt:J(B,{interrupt:!0})},u={code:null,containerState:{},defineSkip:f,events:[],now:L,parser:e,previous:null,sliceSerialize:b,sliceStream:S,write:l},d=i.tokenize.call(u,h),p;return i.resolveAll&&o.push(i),u;function l(w){return a=_(a,w),v(),a[a.length-1]!==null?[]:(ee(i,0),u.events=pe(o,u.events,u),u.events)}function b(w,T){return or(S(w),T)}function S(w){return rr(a,w)}function L(){let{_bufferIndex:w,_index:T,line:H,column:K,offset:ne}=n;return{_bufferIndex:w,_index:T,line:H,column:K,offset:ne}}function f(w){r[w.line]=w.column,he()}function v(){for(;n._index<a.length;){let w=a[n._index];if(typeof w=="string"){let T=n._index;for(n._bufferIndex<0&&(n._bufferIndex=0);n._index===T&&n._bufferIndex<w.length;)y(w.charCodeAt(n._bufferIndex))}else y(w)}}function y(w){c=void 0,p=w,d=d(w)}function A(w){z(w)?(n.line++,n.column=1,n.offset+=w===-3?2:1,he()):w!==-1&&(n.column++,n.offset++),n._bufferIndex<0?n._index++:(n._bufferIndex++,n._bufferIndex===a[n._index].length&&(n._bufferIndex=-1,n._index++)),u.previous=w,c=!0}function E(w,T){let H=T||{};return H.type=w,H.start=L(),u.events.push(["enter",H,u]),s.push(H),H}function I(w){let T=s.pop();return T.end=L(),u.events.push(["exit",T,u]),T}function P(w,T){ee(w,T.from)}function B(w,T){T.restore()}function J(w,T){return H;function H(K,ne,oe){let me,ae,Te,fe;return Array.isArray(K)?ge(K):"tokenize"in K?ge([K]):ze(K);function ze(O){return xe;function xe(W){let se=W!==null&&O[W],le=W!==null&&O.null,Ae=[...Array.isArray(se)?se:se?[se]:[],...Array.isArray(le)?le:le?[le]:[]];return ge(Ae)(W)}}function ge(O){return me=O,ae=0,O.length===0?oe:Ie(O[ae])}function Ie(O){return xe;function xe(W){return fe=te(),Te=O,O.partial||(u.currentConstruct=O),O.name&&u.parser.constructs.disable.null.includes(O.name)?Ce(W):O.tokenize.call(T?Object.assign(Object.create(u),T):u,h,Ye,Ce)(W)}}function Ye(O){return c=!0,w(Te,fe),ne}function Ce(O){return c=!0,fe.restore(),++ae<me.length?Ie(me[ae]):oe}}}function ee(w,T){w.resolveAll&&!o.includes(w)&&o.push(w),w.resolve&&$(u.events,T,u.events.length-T,w.resolve(u.events.slice(T),u)),w.resolveTo&&(u.events=w.resolveTo(u.events,u))}function te(){let w=L(),T=u.previous,H=u.currentConstruct,K=u.events.length,ne=Array.from(s);return{from:K,restore:oe};function oe(){n=w,u.previous=T,u.currentConstruct=H,u.events.length=K,s=ne,he()}}function he(){n.line in r&&n.column<2&&(n.column=r[n.line],n.offset+=r[n.line]-1)}}function rr(e,i){let t=i.start._index,n=i.start._bufferIndex,r=i.end._index,o=i.end._bufferIndex,a;if(t===r)a=[e[t].slice(n,o)];else{if(a=e.slice(t,r),n>-1){let s=a[0];typeof s=="string"?a[0]=s.slice(n):a.shift()}o>0&&a.push(e[r].slice(0,o))}return a}function or(e,i){let t=-1,n=[],r;for(;++t<e.length;){let o=e[t],a;if(typeof o=="string")a=o;else switch(o){case-5:{a="\r";break}case-4:{a=`
`;break}case-3:{a=`\r
`;break}case-2:{a=i?" ":"	";break}case-1:{if(!i&&r)continue;a=" ";break}default:a=String.fromCharCode(o)}r=o===-2,n.push(a)}return n.join("")}function nn(e){let n={constructs:It([rt,...(e||{}).extensions||[]]),content:r(Ht),defined:[],document:r($t),flow:r(Gt),lazy:{},string:r(Jt),text:r(Qt)};return n;function r(o){return a;function a(s){return tn(n,o,s)}}}function rn(e){for(;!He(e););return e}var on=/[\0\t\n\r]/g;function an(){let e=1,i="",t=!0,n;return r;function r(o,a,s){o=i+(typeof o=="string"?o.toString():new TextDecoder(a||void 0).decode(o));let c=[],h=0;for(i="",t&&(o.charCodeAt(0)===65279&&h++,t=void 0);h<o.length;){on.lastIndex=h;let u=on.exec(o),d=u&&u.index!==void 0?u.index:o.length,p=o.charCodeAt(d);if(!u){i=o.slice(h);break}if(p===10&&h===d&&n)c.push(-3),n=void 0;else switch(n&&(c.push(-5),n=void 0),h<d&&(c.push(o.slice(h,d)),e+=d-h),p){case 0:{c.push(65533),e++;break}case 9:{let l=Math.ceil(e/4)*4;for(c.push(-2);e++<l;)c.push(-1);break}case 10:{c.push(-4),e=1;break}default:n=!0,e=1}h=d+1}return s&&(n&&c.push(-5),i&&c.push(i),c.push(null)),c}}function sn(e,i,t){return typeof i!="string"&&(t=i,i=void 0),Dt(t)(rn(nn(t).document().write(an()(e,i,!0))))}var ar=new Set(["P","STRONG","EM","UL","OL","LI","CODE","BR","A"]),sr=/^Kaynak(lar)?:/;function lr(e,i){let t;try{t=new URL(e)}catch{return!1}return t.protocol==="http:"?i.includes(t.host):["https:","mailto:","tel:"].includes(t.protocol)}function $e(e,i){let t=sn(e,{allowDangerousProtocol:!0}),n=new DOMParser().parseFromString(t,"text/html"),r=document.createDocumentFragment();ln(n.body,r,i);for(let o of r.querySelectorAll("p"))sr.test(o.textContent??"")&&(o.className="source");return r}function ln(e,i,t){for(let n of e.childNodes)if(n instanceof Text)i.appendChild(document.createTextNode(n.data));else if(n instanceof Element){let r=ar.has(n.tagName)?ur(n,t):null;r&&i.appendChild(r),ln(n,r??i,t)}}function ur(e,i){if(e.tagName!=="A")return document.createElement(e.tagName);let t=e.getAttribute("href")??"";if(!lr(t,i))return null;let n=document.createElement("a");return n.href=t,n.rel="noopener noreferrer",/^http/.test(t)&&(n.target="_blank"),n}var cr=new Intl.DateTimeFormat("tr-TR",{hour:"2-digit",minute:"2-digit"}),pr=/^\/(faq|akis)\{/;function un(e,i){let t=e.author==="staff"?g.staff:g.assistant,n=x("div",{class:"bubble"},$e(e.text,i.hosts())),r=x("li",{class:e.author},pn(t,e.at),e.text?n:null);return e.file&&r.append(dr(e.file)),e.choices?.length&&r.append(at(e.choices,i)),e.text.length>80&&r.append(hr(n)),r}function ot(e,i,t,n){let r=x("div",{class:"bubble"},e),o=x("li",{class:"user"},pn(g.you,i),r);return t?.failed?o.append(x("p",{class:"failed"},t.failed),M(g.retry,()=>n.retry(t),{class:"small"})):t&&o.append(x("p",{class:"state"},g.sending)),o}function cn(e){for(let i of e.querySelectorAll("[data-choice]"))pr.test(i.dataset.choice??"")||i.remove();for(let i of e.querySelectorAll(".choices:empty"))i.remove()}function at(e,i){let t=e.map(n=>M(n.title,()=>i.press(n),{"data-choice":n.choice}));return x("div",{class:"choices"},...t)}function st(e,i,t){let n=x("a",{href:URL.createObjectURL(new Blob([t],{type:i}))});n.download=e,n.click(),setTimeout(()=>URL.revokeObjectURL(n.href),1e4)}async function lt(e){try{return await navigator.clipboard.writeText(e),!0}catch{return!1}}function pn(e,i){let t=x("time",{datetime:i},cr.format(new Date(i)));return x("p",{class:"who"},e," ",t)}function dr(e){let i=()=>st(e.name,e.type,e.content);return M(g.download(e.name),i,{class:"small"})}function hr(e){let i=M(g.copy,async()=>{i.textContent=await lt(e.innerText)?g.copied:g.notCopied},{class:"small"});return i}function dn(e,i,t){let n=g.privacy.items(e.hours,e.days).map(r=>x("li",{},r));return x("section",{class:"privacy","aria-label":g.privacy.again},x("h3",{},g.privacy.title),x("ul",{},...n),M(i?g.privacy.back:g.privacy.accept,t,{class:"main"}))}var mr=new Intl.DateTimeFormat("tr-TR",{dateStyle:"long",timeStyle:"short"});function hn(e){return`${{user:g.you,assistant:g.assistant,staff:g.staff}[e.author]} – ${mr.format(new Date(e.at))}`}function mn(e){return e.filter(t=>t.text).map(t=>`${hn(t)}
${t.text}
`).join(`
`)}function fn(e,i){let t=x("iframe",{title:g.settings.print,hidden:""});document.body.append(t);let n=t.contentDocument;if(!n)return t.remove();n.title=g.name;for(let r of e.filter(o=>o.text)){let o=r.author==="user"?r.text:$e(r.text,i);n.body.append(x("h3",{},hn(r)),x("div",{},o))}t.contentWindow?.addEventListener("afterprint",()=>t.remove()),t.contentWindow?.print()}var D=g.reference;function gn(e,i,t){let n=x("p",{class:"state",role:"status"}),r=x("div",{class:"bubble card"},x("p",{},x("strong",{},`${D.title}: `,x("span",{},i))),x("p",{},D.text),fr(e,n),e.start?.email?gr(e,n):null,n);return x("li",{class:"assistant","data-at":t},r)}function fr(e,i){return M(D.link,()=>ut(i,async()=>{let t=await e.link();if(await lt(t))return`${g.copied}. ${D.warning}`;let n=x("input",{readonly:"","aria-label":D.link,value:t});return i.before(x("p",{},D.linkShown,n)),n.select(),D.warning}),{class:"small"})}function gr(e,i){let t=x("input",{type:"email",required:"",autocomplete:"email"}),n=x("form",{},x("label",{},D.emailLabel,t),x("p",{class:"state"},D.emailNote),x("button",{type:"submit",class:"small"},D.emailSend)),r=x("details",{},x("summary",{},D.email),n),o=M(D.emailDrop,()=>ut(i,async()=>(await e.dropAddress(),o.replaceWith(r),D.emailDropped)),{class:"small"});return n.addEventListener("submit",a=>{a.preventDefault(),ut(i,async()=>(await e.keepAddress(t.value.trim()),t.value="",r.replaceWith(o),o.focus(),D.emailKept))}),r}async function ut(e,i){try{e.textContent=await i()}catch(t){e.textContent=t instanceof R?t.message:g.unreachable}}var xn=`/* px only: a site's theme may shrink rem. */
:host {
  --accent: #0b4f8a;
  --on-accent: #fff;
  --paper: #fff;
  --ground: #f2f5f9;
  --ink: #1a2230;
  --soft: #505c6e;
  --line: #c6cfdb;
  --mine: #dcebf9;
  --staff: #e8f3e2;
  --link: #0b4f8a;
  --bad: #a3170d;
  --bad-ground: #fdecea;
  --size: 15px;
  /* Important in here wins over whatever a theme says of every element. */
  all: initial !important;
  position: fixed !important;
  right: 16px !important;
  bottom: 16px !important;
  z-index: 2147483000 !important;
  color-scheme: light dark;
}
:host(.left) {
  right: auto !important;
  left: 16px !important;
}
:host(.large) {
  --size: 19px;
}
@media (prefers-color-scheme: dark) {
  :host {
    --paper: #1b222c;
    --ground: #12171e;
    --ink: #eef2f7;
    --soft: #b3bfce;
    --line: #46525f;
    --mine: #23405c;
    --staff: #2a3d27;
    --link: #9ecbff;
    --bad: #ffb4ab;
    --bad-ground: #43201d;
  }
}
@media print {
  :host {
    display: none !important;
  }
}
* {
  box-sizing: border-box;
}
[hidden] {
  display: none !important;
}
.panel,
.launcher {
  font: var(--size) / 1.45 system-ui, "Segoe UI", Roboto, "Noto Sans", Arial, sans-serif;
  color: var(--ink);
  text-align: left;
}
button,
input,
textarea {
  font: inherit;
  color: inherit;
}
button {
  min-height: 36px;
  padding: 6px 12px;
  border: 1px solid var(--line);
  border-radius: 18px;
  background: var(--paper);
  cursor: pointer;
  text-align: left;
}
button:hover {
  border-color: var(--link);
}
:focus {
  outline: none;
}
:focus-visible {
  outline: 3px solid var(--link);
  outline-offset: 2px;
}
.body:focus-visible {
  outline-offset: -3px;
}
.main,
.launcher {
  background: var(--accent);
  border-color: var(--accent);
  color: var(--on-accent);
}
.small {
  min-height: 28px;
  padding: 2px 10px;
  font-size: 0.87em;
}
.round {
  display: inline-flex;
  flex: none;
  align-items: center;
  justify-content: center;
  width: 40px;
  height: 40px;
  padding: 0;
  border-radius: 50%;
}
svg {
  width: 22px;
  height: 22px;
  fill: none;
  stroke: currentColor;
  stroke-width: 2;
  stroke-linecap: round;
  stroke-linejoin: round;
}
.launcher {
  display: flex;
  align-items: center;
  gap: 8px;
  min-height: 48px;
  padding: 10px 18px;
  border-radius: 24px;
  border: 2px solid var(--on-accent);
  box-shadow: 0 2px 10px rgb(0 0 0 / 30%);
  font-weight: 600;
}
.launcher[data-count]:not([data-count=""])::after {
  content: attr(data-count);
  min-width: 22px;
  padding: 0 6px;
  border-radius: 11px;
  background: #a3170d;
  color: #fff;
  text-align: center;
  font-size: 13px;
}
.panel {
  position: relative;
  display: flex;
  flex-direction: column;
  width: 384px;
  max-width: calc(100vw - 32px);
  height: 620px;
  max-height: calc(100vh - 32px);
  max-height: calc(100dvh - 32px);
  border: 1px solid var(--line);
  border-radius: 12px;
  background: var(--ground);
  box-shadow: 0 6px 28px rgb(0 0 0 / 35%);
  overflow: hidden;
}
@media (max-width: 480px), (max-height: 480px) {
  .panel {
    position: fixed;
    inset: 0;
    width: auto;
    max-width: none;
    height: auto;
    max-height: none;
    border: 0;
    border-radius: 0;
  }
}
.head {
  display: flex;
  align-items: center;
  gap: 8px;
  padding: 8px 10px 8px 14px;
  background: var(--accent);
  color: var(--on-accent);
}
.head > div:first-child {
  flex: 1;
  min-width: 0;
}
.head .round {
  background: transparent;
  border-color: transparent;
  color: inherit;
}
.head :focus-visible {
  outline-color: var(--on-accent);
  outline-offset: -3px;
}
h2,
.head p {
  margin: 0;
  font-size: 1.07em;
  line-height: 1.3;
}
.head p {
  font-size: 0.87em;
}
.menu {
  position: absolute;
  top: 54px;
  right: 8px;
  z-index: 2;
  display: flex;
  flex-direction: column;
  max-width: calc(100% - 16px);
  max-height: calc(100% - 70px);
  padding: 6px;
  overflow: auto;
  border: 1px solid var(--line);
  border-radius: 10px;
  background: var(--paper);
  color: var(--ink);
  box-shadow: 0 4px 16px rgb(0 0 0 / 30%);
}
.menu button {
  border-color: transparent;
  border-radius: 6px;
}
.menu :focus-visible {
  outline-color: var(--link);
}
.banner,
.trouble {
  margin: 0;
  padding: 8px 14px;
  border-bottom: 1px solid var(--line);
  background: var(--paper);
  overflow-wrap: anywhere;
}
.banner {
  border-left: 5px solid #b45f00;
}
.trouble {
  background: var(--bad-ground);
}
.body {
  flex: 1;
  min-height: 0;
  padding: 12px;
  overflow-y: auto;
  overscroll-behavior: contain;
}
.log {
  display: flex;
  flex-direction: column;
  gap: 12px;
  margin: 0;
  padding: 0;
  list-style: none;
}
.log li {
  overflow-wrap: anywhere;
}
.log > li {
  display: flex;
  flex-direction: column;
  align-items: flex-start;
  gap: 6px;
}
.log > .user {
  align-items: flex-end;
}
.who,
.state,
.failed,
.typing {
  margin: 0;
  color: var(--soft);
  font-size: 0.87em;
}
.failed {
  color: var(--bad);
}
.typing {
  padding-top: 12px;
}
.bubble {
  max-width: 94%;
  padding: 9px 13px;
  border: 1px solid var(--line);
  border-radius: 12px;
  background: var(--paper);
}
.user .bubble {
  background: var(--mine);
  white-space: pre-wrap;
}
.staff .bubble {
  background: var(--staff);
}
.bubble > :first-child {
  margin-top: 0;
}
.bubble > :last-child {
  margin-bottom: 0;
}
.bubble p,
.bubble ul,
.bubble ol {
  margin: 8px 0;
}
.bubble ul,
.bubble ol,
.privacy ul {
  padding-left: 20px;
}
.bubble ul {
  list-style: disc;
}
.bubble ol {
  list-style: decimal;
}
.bubble .source {
  color: var(--soft);
  font-size: 0.87em;
}
.bubble a {
  color: var(--link);
  text-decoration: underline;
}
.choices {
  display: flex;
  flex-wrap: wrap;
  gap: 6px;
}
.choices button {
  border-color: var(--link);
  color: var(--link);
  overflow-wrap: anywhere;
}
.card span {
  white-space: nowrap;
}
.card input,
.card label {
  display: block;
  width: 100%;
}
input,
textarea {
  padding: 8px 10px;
  border: 1px solid var(--soft);
  border-radius: 8px;
  background: var(--paper);
}
summary {
  padding: 4px 0;
  cursor: pointer;
}
.privacy,
.question {
  padding: 14px;
  border: 1px solid var(--line);
  border-radius: 12px;
  background: var(--paper);
}
.privacy h3 {
  margin: 0;
  font-size: 1.07em;
}
.privacy li {
  margin: 6px 0;
}
.question {
  margin-top: 12px;
}
.question p {
  margin: 0 0 10px;
}
.question button {
  margin-right: 8px;
}
.composer {
  display: flex;
  align-items: flex-end;
  gap: 8px;
  padding: 10px;
  border-top: 1px solid var(--line);
  background: var(--paper);
}
textarea {
  flex: 1;
  min-width: 0;
  min-height: 40px;
  max-height: 120px;
  resize: none;
  font-size: max(16px, var(--size));
  line-height: 1.35;
}
.on {
  border-color: var(--bad);
  color: var(--bad);
}
.unseen {
  position: absolute;
  width: 1px;
  height: 1px;
  overflow: hidden;
  clip-path: inset(50%);
  white-space: nowrap;
}
@media (forced-colors: active) {
  .bubble,
  button {
    border: 1px solid ButtonText;
  }
}
`;var bn="(max-width: 480px), (max-height: 480px)",br=/^#yardim=([\w.-]+)$/,Ue=class extends HTMLElement{constructor(){super(...arguments);this.shown=new Map;this.launcher=x("button",{type:"button",class:"launcher"});this.panel=x("div",{class:"panel",role:"dialog",hidden:""});this.subtitle=x("p",{},g.subtitle);this.banner=x("p",{class:"banner",role:"note",hidden:""});this.trouble=x("div",{class:"trouble",role:"alert",hidden:""});this.log=x("ol",{class:"log"});this.body=x("div",{class:"body",tabindex:"-1",role:"log","aria-live":"off","aria-label":g.log});this.typing=x("p",{class:"typing",hidden:""},g.typing);this.news=x("div",{class:"unseen","aria-live":"polite"});this.options_=null;this.menuButton=M(g.menu,()=>this.toggleMenu(),{class:"round","aria-expanded":"false"},ie("menu"));this.announced=0}begin(t){this.memory=new Pe(t.device),this.talk=new Oe(new Me(t.base),this.memory,()=>!this.panel.hidden),this.composer=new _e(n=>this.say(n),()=>this.talk.start?.most??1e3,n=>this.complain(n)),this.build(t),this.talk.addEventListener("change",()=>this.draw()),this.restore()}build(t){let n=this.attachShadow({mode:"open"}),r=new CSSStyleSheet;r.replaceSync(xn),n.adoptedStyleSheets=[r];let o=bt(t.color);o&&(this.style.setProperty("--accent",t.color),this.style.setProperty("--on-accent",o)),this.classList.toggle("left",t.left),this.lang="tr",this.launcher.append(ie("chat"),x("span",{},g.launcher)),this.launcher.addEventListener("click",()=>{this.open()}),this.panel.setAttribute("aria-label",g.name);let a=M(g.close,()=>this.close(),{class:"round"},ie("close")),s=x("div",{},x("h2",{},g.title),this.subtitle),c=x("div",{class:"head"},s,this.menuButton,a);this.body.append(this.log,this.typing),this.panel.append(c,this.banner,this.trouble,this.body,this.composer.form,this.news),this.panel.addEventListener("keydown",h=>this.key(h)),n.append(this.panel,this.launcher),this.enlarge(),this.badge()}restore(){let t=br.exec(location.hash)?.[1];t?(history.replaceState(history.state,"",location.pathname+location.search),this.open(t)):this.memory.get("open")&&!matchMedia(bn).matches?this.open(void 0,!1):this.memory.get("session")&&this.talk.load().catch(()=>{})}async open(t,n=!0){let r=matchMedia(bn).matches;this.panel.hidden=!1,this.launcher.hidden=!0,this.panel.toggleAttribute("aria-modal",r),r&&this.panel.setAttribute("aria-modal","true"),this.memory.set({open:!0}),n&&this.body.focus();try{t&&await this.talk.reopen(t),await this.talk.load(),this.draw(),this.welcome(n)}catch(o){this.complain(o instanceof R?o.message:g.failedStart,()=>this.open(o instanceof R?void 0:t,n))}}close(){this.panel.hidden=!0,this.launcher.hidden=!1,this.memory.set({open:!1}),We(),this.badge(),this.launcher.focus()}welcome(t){let n=this.memory.get("accepted");if(this.composer.form.hidden=!n,this.composer.listens(this.memory.get("speak")),!n)return this.privacy(t);let{topics:r}=this.talk.start??{topics:[]};!this.log.querySelector("li")&&!this.talk.lines.length&&this.log.append(x("li",{class:"assistant","data-greeting":""},x("div",{class:"bubble"},x("p",{},g.greeting),x("p",{},g.topics)),at(r,this))),t&&this.focusField(),this.bottom()}privacy(t){let{start:n}=this.talk;if(!n||this.body.querySelector(".privacy"))return;let r=this.memory.get("accepted"),o=dn(n,r,()=>{o.remove(),this.log.hidden=!1,this.memory.set({accepted:!0}),this.welcome(!0)});this.log.hidden=!0,this.body.prepend(o),t&&o.querySelector("button")?.focus()}say(t){this.complain(""),this.talk.say(t),this.focusField()}press(t){this.complain(""),this.talk.press(t),this.focusField()}retry(t){this.talk.retry(t),this.focusField()}hosts(){return this.talk.start?.hosts??[]}draw(){let{talk:t}=this;this.subtitle.textContent=t.paused?g.subtitleStaff:g.subtitle,this.banner.hidden=!t.start?.banner,this.banner.textContent=t.start?.banner??"",this.typing.hidden=!t.busy||!!t.trouble||t.paused,(t.trouble||this.trouble.dataset.of==="talk")&&this.complain(t.trouble),this.trouble.dataset.of=t.trouble?"talk":"",t.notice&&this.announce(t.notice);let n=new Map;for(let r of t.lines)n.set(kn(r),()=>this.lineOf(r));for(let r of t.outbox){let o=r.failed?"failed":"sending",a=new Date().toISOString();n.set(`${o} ${r.id}`,()=>ot(r.title,a,r,this))}this.place(n),this.tellNews(),this.badge()}lineOf(t){return t.author==="user"?ot(t.text,t.at,null,this):t.reference?gn(this.talk,t.reference,t.at):un(t,this)}place(t){let n=!1;for(let[o,a]of this.shown)t.has(o)||(a.contains(this.shadowRoot?.activeElement??null)&&this.focusField(),a.remove(),this.shown.delete(o));let r=this.log.querySelector("[data-greeting]");for(let[o,a]of t){let s=this.shown.get(o);s||(s=a(),this.shown.set(o,s),n=!0);let c=r?r.nextElementSibling:this.log.firstElementChild;c!==s&&this.log.insertBefore(s,c),r=s}n&&(this.settleOld(),this.bottom())}settleOld(){let t=[...this.log.querySelectorAll("li.user")].pop();if(t)for(let n of this.log.querySelectorAll("li.assistant, li.staff"))n.compareDocumentPosition(t)&Node.DOCUMENT_POSITION_FOLLOWING&&!n.hasAttribute("data-greeting")&&cn(n)}tellNews(){let t=Math.max(this.announced,this.talk.known),n=this.talk.lines.filter(s=>s.number>t&&s.author!=="user");this.announced=Math.max(this.announced,...this.talk.lines.map(s=>s.number));let r=n.filter(s=>s.text);if(!r.length)return;let a=r.map(s=>this.shown.get(kn(s))?.querySelector(".bubble")).map(s=>s?.textContent??"").join(" ");this.announce(a),this.memory.get("read")&&!this.panel.hidden&&St(a)}announce(t){this.news.textContent=t}badge(){let t=this.talk.lines.filter(a=>a.author!=="user"&&a.text),n=Math.max(0,...t.map(a=>a.number));this.panel.hidden||this.memory.set({seen:n});let r=t.filter(a=>a.number>this.memory.get("seen")).length,o=r?g.launcherNew(r):g.launcherLabel;this.launcher.setAttribute("aria-label",o),this.launcher.dataset.count=r?String(r):""}complain(t,n){this.trouble.hidden=!t,this.trouble.replaceChildren(t),n&&this.trouble.append(" ",M(g.tryAgain,n,{class:"small"}))}toggleMenu(){if(this.options_)return this.closeMenu();this.options_=Tt(this.memory,{resize:()=>{this.memory.set({large:!this.memory.get("large")}),this.enlarge()},print:()=>fn(this.talk.lines,this.hosts()),save:()=>st(g.fileName,"text/plain;charset=utf-8",mn(this.talk.lines)),privacy:()=>this.privacy(!0),forget:()=>this.askToForget(),voice:t=>this.voice(t),closed:()=>this.closeMenu()}),this.menuButton.setAttribute("aria-expanded","true"),this.menuButton.after(this.options_),this.options_.querySelector("button")?.focus()}closeMenu(){this.options_?.remove(),this.options_=null,this.menuButton.setAttribute("aria-expanded","false"),this.menuButton.focus()}voice(t){let n=!this.memory.get(t);this.memory.set({[t]:n}),this.composer.listens(this.memory.get("speak")),t==="read"&&We(),this.complain(n?g.settings.voiceNote:"")}askToForget(){let t=g.settings,n=()=>{o.remove(),this.focusField()},r=async()=>{try{await this.talk.forget()}catch{return this.complain(g.unreachable)}this.announced=0,this.log.querySelector("[data-greeting]")?.remove(),o.remove(),this.welcome(!0),this.announce(t.forgotten)},o=x("div",{class:"question",role:"alertdialog","aria-label":t.forgetAsk},x("p",{},t.forgetAsk),M(t.forgetYes,()=>{r()},{class:"main"}),M(t.forgetNo,n));this.body.append(o),this.bottom(),o.querySelector("button")?.focus()}key(t){t.key==="Escape"?(t.stopPropagation(),this.options_?this.closeMenu():this.close()):t.key==="Tab"&&this.panel.hasAttribute("aria-modal")&&this.stay(t)}stay(t){let r=[...this.panel.querySelectorAll("button, textarea, input, a[href], summary")].filter(c=>c.offsetParent!==null),[o,a]=[r[0],r[r.length-1]],s=this.shadowRoot?.activeElement;(t.shiftKey?s===o||s===this.body:s===a)&&(t.preventDefault(),(t.shiftKey?a:o)?.focus())}focusField(){this.composer.form.hidden?this.body.focus():this.composer.field.focus({preventScroll:!0})}enlarge(){this.classList.toggle("large",this.memory.get("large"))}bottom(){let t=[...this.log.querySelectorAll("li.user")].pop(),n=t?t.offsetTop-this.body.offsetTop-8:this.body.scrollHeight;this.body.scrollTop=this.body.querySelector(".question")?this.body.scrollHeight:n}};function kn(e){return e.author==="user"&&e.id?`user ${e.id}`:`line ${e.number}`}var ct="etwinning-yardim",Ve=document.currentScript;function yn(){if(customElements.get(ct))return;customElements.define(ct,Ue);let e=Ve instanceof HTMLScriptElement?Ve.dataset:{},i=Ve instanceof HTMLScriptElement?Ve.src:"",t=document.createElement(ct);document.body.append(t),t.begin({base:e.adres??new URL(".",i).href.replace(/\/$/,""),device:e.bellek==="cihaz",left:e.konum==="sol",color:e.renk??""})}document.body?yn():addEventListener("DOMContentLoaded",yn);})();
